"""What was asked for: read and checked once, wherever it came from."""
