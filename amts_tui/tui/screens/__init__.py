"""Screens: one module a mode or dialog."""
