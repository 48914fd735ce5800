"""Modules and settings that formatters treat otherwise, and the formatters."""

import subprocess
import sys

FUNCTION = '''def {0}():
    """Whatever it does."""
    first = call("one", argument={1}, another="with a text that is long")
    return first, "last"


'''
CODE = (
    "".join(FUNCTION.format(name, 0) for name in ("near", "between", "far")).rstrip() + "\n"
)

BLACK = "[tool.black]\nline-length = 100\n"
RUFF = "[tool.ruff]\nline-length = 100\n"


def change_first(team_files):
    """Let the template change the first function of its module."""
    text = (team_files / "code.py").read_text()
    (team_files / "code.py").write_text(text.replace("argument=0", "argument=1", 1))


def ruff(project, *options):
    """Format a project as a user of Ruff does."""
    command = [sys.executable, "-m", "ruff", "format", "--quiet", *options, project]
    subprocess.run(command, check=True)


CALL = "first = call(argument_one=1, argument_two=2)\n"
WRAPPED = "first = call(\n    argument_one=1, argument_two=2\n)\n"
LINES = "second = 2\nthird = 3\nfourth = 4\nfifth = 5\n"
NARROW = "[tool.black]\nline-length = 40\n"
WIDE = "[tool.black]\nline-length = 60\n"


def black(project, *options):
    """Run Black as its user does, who has the project's settings."""
    subprocess.run(
        [sys.executable, "-m", "black", "--quiet", *options, project], check=True
    )
