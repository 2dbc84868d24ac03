"""Exchange formats: reading and writing pairs."""
