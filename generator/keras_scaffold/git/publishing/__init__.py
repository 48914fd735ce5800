"""Changes put into a work tree and its index, whole or not at all."""
