"""The workbench on the terminal: a Textual application over the facade."""
