"""What commands print, as tests compare it."""


def errors(result):
    """The lines that a command which failed has said."""
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.splitlines()
