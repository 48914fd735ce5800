"""How bricks become lines of Python: as functions, as layers that hold layers, as a list."""
