"""The error that a user can put right."""


class UserError(Exception):
    """Told on one line without a traceback: what is wrong, why, and the way out."""
