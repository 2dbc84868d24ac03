"""The command line: a module per command group; no logic of its own."""
