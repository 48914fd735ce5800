"""What README.md and docs/ say is so: lists, sessions, commands, options and links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from keras_scaffold.templates import open_template
from tests.following import Follower
from tests.pages import (
    BLOCK,
    MEANINGS,
    PAGES,
    ROOT,
    WRITTEN,
    blocks,
    codes_in_code,
    commands,
    inline,
    rewritten,
)

LANGUAGES = {"before", "console", "sh"}
"""Blocks that are run."""
NOT_RUN = {
    ("datasets.md", "not run: the project is not installed here"),
    ("own-bricks.md", "not run: it is a part of another package's settings"),
    ("serve.md", "not run: a service does not end by itself"),
    ("serve.md", "not run: it asks the service that runs"),
    ("serve.md", "not run: it is an answer"),
}
RUN_ELSEWHERE = {
    ("README.md", "run by: tests/house/test_packaging.py::test_first_commands"),
    ("README.md", "run by: .ci/run"),
    ("export.md", "run by: tests/styles/test_exports.py::test_in_docs"),
    (
        "own-templates.md",
        "run by: tests/projects/test_team_template.py::test_template_from_a_url",
    ),
    (
        "pretrained.md",
        "run by: tests/styles/test_keras_weights.py::test_downloaded",
    ),
    ("training.md", "run by: tests/generated/test_cluster.py::test_two_as_one"),
    ("proof.md", "run by: tests/terminal/test_cli.py::test_red_smoke"),
}
"""Blocks that are not run here, with what the page says of it."""
PATH = re.compile(r"[\w./{} -]*(/|\w\.(py|yml|toml|md|jinja|zip))")
ELSEWHERE = {".scaffold/base.zip", "data", "datasets/digitized_maps"}
"""What lies in a project, or in a fork of the template, where a page names it."""
BY_NAME = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
LONG = {"README.md", "export.md", "styles.md"}
"""Pages on which a network is trained."""


def excused(block):
    """Whether a page says that a block is not run with the rest, and where it is, or why."""
    return block.note.startswith(("run by: ", "not run: "))


@BY_NAME
def test_written_from_the_code(page):
    """Lists and generated code are as the code has them; `python -m tests.write_pages` writes them."""
    text = page.read_text(encoding="utf-8")

    assert text == rewritten(text)


@BY_NAME
def test_no_block_is_skipped_in_silence(page):
    """Each block is run here, is written from the code, or the page says where it is run, or why not.

    These are few, and known here; the tests that they name are there.
    """
    text = page.read_text(encoding="utf-8")
    kept = {
        each["text"] for part in WRITTEN.finditer(text) for each in BLOCK.finditer(part[3])
    }

    found = blocks(page)
    others = {block for block in found if block.language not in LANGUAGES or excused(block)}

    assert sum(block.language != "before" for block in found) * 2 == len(
        re.findall("^ *(?:```|~~~)", text, re.MULTILINE)
    )
    assert all(excused(block) or block.text in kept for block in others)
    assert {(page.name, block.note) for block in others if excused(block)} == {
        each for each in NOT_RUN | RUN_ELSEWHERE if each[0] == page.name
    }


@pytest.mark.parametrize("place", sorted(where for _, where in RUN_ELSEWHERE))
def test_what_runs_the_others_is_there(place):
    """A test, or what CI runs, that a page names for its commands is there."""
    path, _, test = place.removeprefix("run by: ").partition("::")
    text = (ROOT / path).read_text()

    assert (
        f"def {test}(" in text if test else "-e '.[test]'" in text and "\npytest\n" in text
    )


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=pytest.mark.long if page.name in LONG else ())
        for page in PAGES
    ],
    ids=lambda page: page.name,
)
def test_followed(page, workplace, monkeypatch):
    """Its commands work one after the other, and print what it says that they print."""
    follower = Follower(workplace, monkeypatch)

    for block in blocks(page):
        if block.language in LANGUAGES and not excused(block):
            follower.follow(block)


@BY_NAME
def test_commands_in_sentences(page):
    """Commands and options that sentences name are there, and each option is its command's."""
    known = commands()
    every = {opt for each in known.values() for param in each.params for opt in param.opts}
    every |= {"--help", "--version", "--install-completion", *flags_of_projects()}

    for code in inline(page):
        words = (
            shlex.split(code.replace("'", '"'))
            if code.count('"') % 2 == 0
            else code.split()
        )
        options = {word.partition("=")[0] for word in words if re.match("--[a-z]", word)}
        if words[:1] == ["scaffold"] and len(words) > 1 and not words[1].startswith("-"):
            assert words[1] in known, code
            own = {opt for param in known[words[1]].params for opt in param.opts}
            assert options <= own | {"--help"}, code
        elif words and words[0].startswith("--"):
            assert options <= every, code


def flags_of_projects():
    """The flags of a generated project's commands."""
    source = ROOT / "template" / "project" / "src" / "{{ package }}"
    settings = (source / "settings.py.jinja").read_text()
    names = re.findall(r"^    (\w+): .*setting\(", settings, re.MULTILINE)
    places = [source / "cli.py.jinja", *(ROOT / "template" / "with").glob("*/cli.py.jinja")]
    written = re.findall(r'"(--[a-z0-9-]+)"', "".join(map(Path.read_text, places)))
    return {*written, *(f"--{name.replace('_', '-')}" for name in names)}


def test_every_exit_code_has_a_meaning():
    """The table has each exit code of the code, success, and no other."""
    assert {*MEANINGS} == codes_in_code() | {0}


@BY_NAME
def test_paths_in_sentences(page):
    """Files of this repository that sentences name are there."""
    rooms = ("generator/", "template/", "tests/", "benchmarks/", "docs/")
    named = {code.replace("NAME", "cnn") for code in inline(page) if code.startswith(rooms)}

    assert all((ROOT / path).exists() for path in named), named


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "template/README.md"])
def test_paths_for_contributors(page):
    """Files that are named to those who change them are there, told from where they lie."""
    codes = [code.removeprefix("python ") for code in inline(ROOT / page)]
    named = {code.rstrip("/") for code in codes if PATH.fullmatch(code)}
    paths = {f"/{path.relative_to(ROOT).as_posix()}" for path in ROOT.rglob("*")}

    lost = {code for code in named if not any(path.endswith(f"/{code}") for path in paths)}

    assert len(named) > 10
    assert lost <= ELSEWHERE


@BY_NAME
def test_links(page):
    """What a page links to is there, and each page can be reached from the README."""
    text = page.read_text(encoding="utf-8")
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for target in re.findall(r"\]\(([^)]+)\)", text)
        if "://" not in target
    }

    assert all(target.is_file() for target in linked), linked
    if page == ROOT / "README.md":
        assert {*PAGES[1:]} <= linked


def test_every_dataset_is_told():
    """The table of datasets has each that the template's question offers, and no other."""
    rows = re.findall(
        r"^\| (`.*?) \|", (ROOT / "docs" / "datasets.md").read_text(), re.MULTILINE
    )
    names = [name for row in rows[1:] for name in re.findall("`([^`]+)`", row)]

    with open_template(to_render=False) as template:
        assert sorted(names) == sorted(template.questions["dataset"].choices)


def test_readme_is_short():
    """The README is read in a few minutes: at most 200 lines."""
    assert len(Path(ROOT / "README.md").read_text().splitlines()) <= 200
