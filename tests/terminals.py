"""Terminals at which tests press keys, and what stands on their screens."""

import re

from prompt_toolkit.data_structures import Size
from prompt_toolkit.output import DummyOutput

from keras_scaffold.terminal.prompts.menu import Choice
from keras_scaffold.terminal.prompts.stacking import build_bricks

UP, DOWN, ENTER, BACKSPACE, CLEAR = "\x1b[A", "\x1b[B", "\r", "\x7f", "\x15"
CTRL_C, CTRL_D, HOME, F1, PASTE = "\x03", "\x04", "\x1b[H", "\x1bOP", "\x1b[200~{}\x1b[201~"
COLOURS = [Choice("red", "of fire"), Choice("grey", "of ash", "sold out"), Choice("green")]

SIZES = [(80, 24), (60, 20), (40, 10)]


class Paper(DummyOutput):
    """A terminal of a size, of which nothing is seen."""

    def __init__(self, columns, rows):
        self.size = Size(rows=rows, columns=columns)

    def get_size(self):
        """The size that it was given."""
        return self.size

    def get_rows_below_cursor_position(self):
        """None that are known, as on most terminals."""
        return 0


LONGEST_WAIT = 20  # seconds
KEY = re.compile(r"\x1b\[200~.*\x1b\[201~|\x1b[\[O].|.", re.DOTALL)


def lines(app):
    """The lines of the screen."""
    screen = app.renderer.last_rendered_screen
    rows = [screen.data_buffer[row] for row in range(screen.height)]
    columns = app.output.get_size().columns
    return ["".join(row[x].char for x in range(columns)).rstrip() for row in rows]


def stacked(at_terminal, *keys):
    """The bricks that keys stack, each followed by Enter, and what was shown meanwhile."""
    stack, shown, drawn = stack_of(at_terminal, *keys)
    return stack.notation, shown, drawn


def stack_of(at_terminal, *keys):
    """What keys stack and save, and what was shown meanwhile."""
    shown = []
    stack, drawn = at_terminal(
        lambda: build_bricks("28x28x1", 10, shown.append, beyond=None, size_limit=True),
        "".join(key + ENTER for key in keys),
    )
    return stack, [*map(str, shown)], drawn
