"""What speaks for or against a candidate bead, one idea a module, for blocks of candidates at once."""
