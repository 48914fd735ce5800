"""A terminal in this process."""

import asyncio

import pytest
from prompt_toolkit.application import Application, create_app_session
from prompt_toolkit.input import create_pipe_input

from tests.terminals import KEY, LONGEST_WAIT, SIZES, Paper, lines


@pytest.fixture
def at_terminal(monkeypatch):
    """Asks by a function, presses a key whenever all is drawn; its answer and what was drawn."""
    drawn, keys = [], []

    make = Application.__init__

    def watched(app, *arguments, **options):
        make(app, *arguments, **options)
        app.after_render += look

    def look(app):
        if not app.is_done:
            drawn.append(lines(app))
            if keys:
                app.input.send_text(keys.pop(0))
            else:
                app.create_background_task(give_up(app))

    async def give_up(app):
        await asyncio.sleep(LONGEST_WAIT)
        app.exit(exception=AssertionError(f"it waits for a key at {drawn[-1]}"))

    monkeypatch.setattr(Application, "__init__", watched)
    monkeypatch.setenv("TERM", "xterm")

    def ask(asked, pressed, size=SIZES[0]):
        drawn.clear()
        keys[:] = KEY.findall(pressed)
        with (
            create_pipe_input() as keyboard,
            create_app_session(input=keyboard, output=Paper(*size)),
        ):
            return asked(), [*drawn]

    return ask
