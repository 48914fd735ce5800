"""A network drawn: as SVG, and as text."""
