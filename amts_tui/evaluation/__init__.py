"""Metrics, comparison, reports."""
