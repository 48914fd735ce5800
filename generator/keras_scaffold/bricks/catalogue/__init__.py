"""The bricks, one file each; a file that is added here adds one."""
