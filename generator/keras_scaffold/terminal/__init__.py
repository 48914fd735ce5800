"""All that a user sees: commands, options, prompts, reports."""
