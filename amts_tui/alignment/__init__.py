"""Similarity, search, confidence, pairing of documents.

The modules that a caller needs (`model`, `similarity`, `documents`, `pairing`) load without numpy; the
numeric ones (`beads`, `band`, `scores`, `search`, `lattice`, `closer`, the encoders) are imported by them
when the first text is aligned.
"""
