"""From answers to the directory of a project."""
