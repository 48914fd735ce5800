"""What only a team's template asks comes last, at a pseudo-terminal."""

import pytest

from tests.interviews import QUESTIONS, answer, answers, finish, told
from tests.terminals import CLEAR, DOWN, ENTER

pytestmark = pytest.mark.process


def test_team_question(new, team_template):
    """What only a team's template asks comes last."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(
            "\nlicence:\n  help: Licence\n  choices: [MIT, none]\n  default: MIT\n"
            "shared:\n  help: Shared\n  type: bool\n  default: false\n"
            "team:\n  help: Team\n"
        )
    terminal = new("--template", team_template)

    for question in QUESTIONS:
        answer(terminal, question)
    answer(terminal, "Licence", DOWN + ENTER)
    answer(terminal, "Shared", "y" + ENTER)
    answer(terminal, "Team", "vision" + ENTER)
    code, _ = finish(terminal)

    asked = answers()
    assert code == 0
    assert [asked[key] for key in ("licence", "shared", "team")] == ["none", True, "vision"]


def test_team_questions_that_copier_answers(new, team_template):
    """A choice keeps its type, a wrong number is asked again, and Jinja is not shown."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(
            "\nsize:\n  help: Size\n  type: int\n  choices: [1, 2]\n  default: '2'\n"
            "owner:\n  help: Owner\n  type: str\n  default: team-{{ name }}\n"
            "hidden:\n  help: Hidden\n  type: str\n  default: x\n  when: false\n"
            "copies:\n  help: Copies\n  type: int\n  default: 3\n"
        )
    terminal = new("--template", team_template)

    for question in QUESTIONS:
        answer(terminal, question)
    answer(terminal, "Size")
    answer(terminal, "Copies", CLEAR + "abc" + ENTER)
    told(terminal, "`copies` (--answers): `abc` is not a whole number")
    answer(terminal, "Copies", CLEAR + "4" + ENTER)
    code, _ = finish(terminal)

    asked = answers()
    assert code == 0
    assert (asked["size"], asked["owner"], asked["copies"]) == (2, "team-net", 4)
    assert "hidden" not in asked
