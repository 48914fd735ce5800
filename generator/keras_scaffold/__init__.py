"""Writes complete Keras image-model projects from an architecture told in bricks."""

__version__ = "0.1.0"
