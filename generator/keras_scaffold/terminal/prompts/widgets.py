"""What a terminal is asked: a line of text, yes or no, or one of some choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from logging import LogRecord, getLogger
from typing import Any, TypeVar

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application, get_app
from prompt_toolkit.filters import is_done
from prompt_toolkit.formatted_text import StyleAndTextTuples, fragment_list_width
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, Dimension, HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import is_dumb_terminal

from keras_scaffold.interruption import RAISED
from keras_scaffold.terminal.prompts.menu import NOTHING, Choice, Menu

STYLE = Style(
    [
        ("qmark", "fg:#5f819d"),
        ("question", "bold"),
        ("answer", "fg:#ff9d00 bold"),
        ("pointed", "bold"),
        ("unfit", "fg:ansibrightblack"),
        ("wrong", "fg:ansired"),
        ("placeholder", "fg:ansibrightblack"),
    ]
)
Answer = TypeVar("Answer")


def _is_no_signal(record: LogRecord) -> bool:
    """Whether what asyncio logs is something else than the end that a signal asked for."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, RAISED)


getLogger("asyncio").addFilter(_is_no_signal)  # it would show a traceback


def choose(
    question: str,
    choices: Sequence[Choice],
    default: Any = None,
) -> Any:
    """The value of the choice that is taken; raises KeyboardInterrupt for Ctrl-C, Ctrl-D."""
    return take(question, Menu(choices, default)).value


def take(question: str, menu: Menu, share: float = 1.0) -> Choice:
    """The choice of a menu that is taken; raises KeyboardInterrupt for Ctrl-C, Ctrl-D.

    The menu takes no more than its `share` of the screen.
    """
    if is_dumb_terminal():
        return _choose_by_line(question, menu)
    draw(question, menu, share)
    assert menu.taken
    return menu.taken


def draw(question: str, menu: Menu, share: float = 1.0) -> None:
    """Draw a menu until it is answered; raises KeyboardInterrupt for Ctrl-C, Ctrl-D."""
    run = _application(question, menu, share).run
    _answer(lambda: run(set_exception_handler=False))  # it would show a traceback


def write(question: str, offered: str, typed: str = "") -> str:
    """What is typed; Enter alone takes what is offered, and what was `typed` is corrected.

    Where nothing can be drawn, and so nothing corrected, that is offered instead. Raises
    KeyboardInterrupt for Ctrl-C, and for Ctrl-D where there is nothing to delete.
    """
    hint = ""
    if is_dumb_terminal():
        offered, typed = typed.strip() or offered, ""
        hint = f" [{offered}]"
    session: PromptSession[str] = PromptSession(
        [("class:qmark", "?"), ("class:question", f" {question}{hint} ")],
        style=STYLE,
        placeholder=[("class:placeholder", offered)],
        key_bindings=_leaving(lambda: bool(session.default_buffer.document.current_char)),
    )
    return (
        _answer(lambda: session.prompt(default=typed, set_exception_handler=False))
        or offered
    )


def agree(question: str, default: bool) -> bool:
    """Whether the answer is yes."""
    answer = choose(question, [Choice("yes"), Choice("no")], "yes" if default else "no")
    return bool(answer == "yes")


def _answer(asked: Callable[[], Answer]) -> Answer:
    """The answer to a question; the end of what is typed is Ctrl-C too."""
    try:
        return asked()
    except EOFError:
        raise KeyboardInterrupt from None


def _choose_by_line(question: str, menu: Menu) -> Choice:
    """One of a menu's choices where nothing can be drawn: by its name."""
    for choice in [*menu.choices, *menu.kept]:
        print(f"  {choice}")
    offered = str(menu.pointed.value) if menu.pointed else ""
    while not (chosen := named(menu, write(question, offered).strip())):
        print("write one of these names")
    return chosen


def named(menu: Menu, typed: str) -> Choice | None:
    """The choice of a menu that is called what was typed; of none it is printed why."""
    ways = {str(choice.value): choice for choice in [*menu.choices, *menu.kept]}
    menu.clear()
    menu.type(typed)
    chosen = ways.get(typed)
    if not chosen or chosen.unfit:
        chosen = menu.called
    if not chosen:
        near = f"did you mean `{menu.pointed.value}`?" if menu.pointed else NOTHING
        print(menu.obstacle or near)
    return chosen


def _leaving(deletes: Callable[[], bool] = lambda: False) -> KeyBindings:
    """The keys that end a question without an answer; Ctrl-D unless it `deletes`."""
    bindings = KeyBindings()

    @bindings.add(Keys.ControlC)
    @bindings.add(Keys.SIGINT)
    def _leave(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    @bindings.add(Keys.ControlD)
    def _end(event: KeyPressEvent) -> None:
        if deletes():
            event.current_buffer.delete()
        else:
            _leave(event)

    return bindings


def _application(question: str, menu: Menu, share: float) -> Application[None]:
    """What draws a menu, and moves in it."""
    below = len(menu.kept) + 1 if menu.kept else 0

    def height() -> Dimension:
        head = _head_rows(question, menu)
        fewest = max(1, 4 - head)
        return Dimension(min=1, max=max(fewest, int(_rows() * share) - head - below))

    listed = Window(
        FormattedTextControl(lambda: _lines(menu.listed, menu), focusable=True),
        height=height,
        always_hide_cursor=True,
    )
    kept = Window(
        FormattedTextControl(lambda: _lines(menu.kept, menu)),
        height=len(menu.kept),
    )
    rule = Window(FormattedTextControl("   " + "─" * 20), height=1)
    body = HSplit([listed, rule, kept] if menu.kept else [listed])
    head = Window(
        FormattedTextControl(lambda: _head(question, menu)),
        dont_extend_height=True,
        wrap_lines=True,
    )
    return Application(
        Layout(HSplit([head, ConditionalContainer(body, filter=~is_done)])),
        key_bindings=_moving(menu),
        style=STYLE,
    )


def _moving(menu: Menu) -> KeyBindings:
    """The keys of a menu."""
    bindings = _leaving()
    steps = {Keys.Up: -1, Keys.Down: 1, Keys.ControlP: -1, Keys.ControlN: 1}
    for key, step in steps.items():
        bindings.add(key)(lambda event, step=step: menu.move(step))
    bindings.add(Keys.Backspace)(lambda event: menu.erase())
    bindings.add(Keys.ControlU)(lambda event: menu.clear())

    @bindings.add(Keys.Enter)
    @bindings.add(Keys.ControlJ)  # what Enter is that was typed before the terminal is ours
    def _take(event: KeyPressEvent) -> None:
        if menu.enter():
            event.app.exit()

    @bindings.add(Keys.Any)
    @bindings.add(Keys.BracketedPaste)
    def _type(event: KeyPressEvent) -> None:
        key = event.key_sequence[0].key
        if key is Keys.BracketedPaste or not isinstance(key, Keys):  # no function key
            menu.type("".join(filter(str.isprintable, event.data)))

    return bindings


def _rows() -> int:
    return get_app().output.get_size().rows


def _head_rows(question: str, menu: Menu) -> int:
    """Lines that the question takes, with what is told of what was typed."""
    columns = get_app().output.get_size().columns
    return -(-fragment_list_width(_head(question, menu)) // columns)


def _head(question: str, menu: Menu) -> StyleAndTextTuples:
    """The question, and the answer to it, or what was typed to find one."""
    head: StyleAndTextTuples = [("class:qmark", "?"), ("class:question", f" {question} ")]
    if get_app().is_done:
        return [*head, ("class:answer", menu.answer)]
    if not menu.typed:
        return [*head, ("", f"({menu.keys})")]
    if menu.obstacle:
        end = "" if menu.obstacle.endswith("?") else ";"
        advice = f" ({menu.obstacle}{end} Ctrl-U clears)"
        return [*head, ("class:wrong", menu.typed), ("", advice)]
    return [*head, ("class:answer", menu.typed)]


def _lines(choices: Sequence[Choice], menu: Menu) -> StyleAndTextTuples:
    """Choices, a line each, cut to the width of the screen."""
    lines: StyleAndTextTuples = []
    for choice in choices:
        pointed = choice is menu.pointed
        if lines:
            lines.append(("", "\n"))
        if pointed:
            lines.append(("[SetCursorPosition]", ""))
        style = "class:unfit" if choice.unfit else "class:pointed" if pointed else ""
        lines.append((style, _cut(f" {'»' if pointed else ' '} {menu.line(choice)}")))
    return lines


def _cut(line: str) -> str:
    width = get_app().output.get_size().columns
    return line if len(line) < width else line[: width - 2] + "…"
