"""What the tool costs, as ratios against what one would use instead of it."""
