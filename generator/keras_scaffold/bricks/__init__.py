"""The words that users write: bricks, their arguments and their notation."""
