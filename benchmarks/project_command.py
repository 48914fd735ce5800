"""Runs a command of a generated project that is on the path but not installed."""

import sys
from importlib import import_module

sys.exit(import_module(f"{sys.argv[1]}.cli").main(sys.argv[2:]))
