"""Two branches that both updated a project, merged where git cannot."""
