"""Reading the files of a book as spans, and writing them back."""
