"""Similarity, search, confidence, pairing of documents."""
