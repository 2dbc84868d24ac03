"""What changed in the source, what can be kept, the patch of the target book."""
