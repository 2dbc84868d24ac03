"""Beads, operations and their inverses, history, the store, the review files."""
