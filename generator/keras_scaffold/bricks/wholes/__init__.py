"""Bricks around bricks, and bricks that are told by bricks."""
