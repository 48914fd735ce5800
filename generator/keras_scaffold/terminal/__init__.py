"""All that a user sees: commands, options, prompts, reports."""

from keras_scaffold.terminal.cli import app
