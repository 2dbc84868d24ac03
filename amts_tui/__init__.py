"""`amts`: a terminal workbench for maintainers of translated books."""

__version__ = "0.1.0"
