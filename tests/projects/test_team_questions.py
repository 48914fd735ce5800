"""What a team's own template may ask."""

import pytest

from tests.options import QUICK_WITHOUT_GIT


def test_team_question(scaffold, workplace, team_template):
    """What only a team's template asks is taken from the answers file and remembered."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(
            "\nlicence:\n  choices: {MIT licence: MIT, None: none}\n  default: MIT\n"
        )
    (workplace / "answers.yml").write_text("licence: none\n")

    result = scaffold(
        "new",
        "net",
        *QUICK_WITHOUT_GIT,
        "--template",
        team_template,
        "--answers",
        "answers.yml",
    )

    assert result.exit_code == 0
    assert "\nlicence: none\n" in (workplace / "net" / ".copier-answers.yml").read_text()


def test_wrong_answer_to_a_team_question(scaffold, workplace, team_template):
    """A choice that a team's template does not offer is the user's mistake."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write("\nlicence:\n  choices: [MIT, none]\n  default: MIT\n")
    (workplace / "answers.yml").write_text("licence: GPL\n")

    result = scaffold(
        "new",
        "net",
        *QUICK_WITHOUT_GIT,
        "--template",
        team_template,
        "--answers",
        "answers.yml",
    )

    assert result.exit_code == 2
    assert result.stderr == (
        "error: `licence` (--answers): `GPL` is not a choice; choose from MIT, none\n"
    )


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("type: int", "abc", "`abc` is not a whole number; write e.g. 3"),
        ("type: float", "abc", "`abc` is not a number; write e.g. 0.5"),
        ("default: 3", "null", "`None` is not a whole number; write e.g. 3"),
        ("type: bool", "abc", "`abc` is neither true nor false"),
        ("choices: [1, 2]", "3", "`3` is not a choice; choose from 1, 2"),
        (
            "type: str",
            None,
            (
                'Question "licence" is required; write `licence: ...` in a YAML file, and give '
                "it with --answers FILE"
            ),
        ),
        (
            "{type: str, validator: '{% if licence == \"GPL\" %}not ours{% endif %}'}",
            "GPL",
            "Validation error for question 'licence': not ours",
        ),
        (
            "{type: str, choices: ['{{ name }}']}",
            "GPL",
            "Invalid choice for 'licence': 'GPL' is not in ['net']",
        ),
    ],
)
def test_refused_answer_to_a_team_question(
    question, answer, told, scaffold, workplace, team_template
):
    """An answer that is missing or that the template refuses is named by its key."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(f"\nlicence:\n  {question}\n")
    (workplace / "answers.yml").write_text(
        f"licence: {answer}\n" if answer else "name: net\n"
    )

    result = scaffold(
        "new",
        "net",
        *QUICK_WITHOUT_GIT,
        "--template",
        team_template,
        "--answers",
        "answers.yml",
    )

    assert result.exit_code == 2
    assert result.stderr == f"error: `licence` (--answers): {told}\n"
    assert not (workplace / "net").exists()


def test_computed_answer_to_a_team_question(scaffold, workplace, team_template):
    """A default that Jinja has to render is rendered, and a choice keeps its type."""
    with (team_template / "copier.yml").open("a") as questions:
        questions.write(
            "\nowner:\n  type: str\n  default: team-{{ name }}\n"
            "size:\n  type: int\n  choices: [1, 2]\n  default: 2\n"
        )

    scaffold("new", "net", *QUICK_WITHOUT_GIT, "--template", team_template)

    answers = (workplace / "net" / ".copier-answers.yml").read_text()
    assert answers.endswith("\nowner: team-net\nsize: 2\n")
