"""The facts of Amazon Translate as data; no I/O."""
