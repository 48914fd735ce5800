"""Projects that were made before: brought up to date, and checked."""
