"""Term candidates and the glossary at work."""
