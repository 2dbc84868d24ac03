"""The facade: every user action once."""
