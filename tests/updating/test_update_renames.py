"""Updates follow what was renamed, and take no copy and no other project for it."""

from contextlib import nullcontext
from shutil import copytree, ignore_patterns

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.updating.moves import closest_path, moves
from tests.lives import project_files, write
from tests.repositories import commit, git, replace, told, unmerged

CHANGED = "name_7 = seven\n"
"""What the template makes of a line of `src/names.py`."""


@pytest.fixture
def changed(team_files, net, update):
    """A package of three modules; then the template changes one of them."""
    for module in ("first", "second"):
        text = "".join(f"{module}_{n} = {n}\n" for n in range(8))
        (team_files / "src" / f"{module}.py").write_text(text)
    (team_files / "src" / "__init__.py").touch()
    update("net")
    commit(net)
    replace(team_files / "src" / "names.py", "name_7 = 7\n", CHANGED)
    return net


def contents(directory):
    """Every file below a directory, by its path."""
    return {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def test_moved_beside_a_copy(changed, update):
    """Where a package was moved and copied at once, the moved one gets the change."""
    copytree(changed / "src", changed / "experiments")
    (changed / "lib").mkdir()
    git(changed, "mv", "src", "lib/src")
    replace(changed / "lib" / "src" / "names.py", "name_1 = 1\n", "name_1 = one\n")
    commit(changed)
    copied = contents(changed / "experiments")

    result = update("net", "--json")

    assert told(result)["files"] == {"lib/src/names.py": "update"}
    assert told(result)["renames"]["src/names.py"] == "lib/src/names.py"
    assert (changed / "lib" / "src" / "names.py").read_text().split("\n")[1::6] == [
        "name_1 = one",
        "name_7 = seven",
    ]
    assert contents(changed / "experiments") == copied


def test_rename_is_told(changed, update):
    """What a file was taken for is told on its line."""
    git(changed, "mv", "src", "lib")
    commit(changed)

    result = update("net")

    assert "lib/names.py: update; taken for what was `src/names.py`\n" in result.stdout


def test_rename_of_the_template_is_told(changed, team_files, update):
    """What the template renamed is told on its line too."""
    replace(changed / "lines.txt", "line 1", "line one")
    commit(changed)
    (team_files / "lines.txt").rename(team_files / "text.txt")

    result = update("net")

    assert "text.txt: add; taken for what was `lines.txt`\n" in result.stdout
    assert "line one" in (changed / "text.txt").read_text()


def test_moved_and_rewritten_beside_a_copy(changed, update):
    """A module that was rewritten in the moved package is its heir, not the exact copy."""
    copytree(changed / "src", changed / "experiments")
    (changed / "lib").mkdir()
    git(changed, "mv", "src", "lib/src")
    (changed / "lib" / "src" / "names.py").write_text("mine = 1\n" * 3)
    (changed / "experiments" / "first.py").unlink()
    commit(changed)
    copied = contents(changed / "experiments")

    result = update("net")

    assert contents(changed / "experiments") == copied
    assert result.exit_code == 5
    assert unmerged(changed) == {"lib/src/names.py": [1, 2, 3]}


@pytest.mark.parametrize("committed", [True, False], ids=["before", "at once"])
def test_deleted_beside_a_copy(committed, changed, update):
    """A module that was copied with its package and deleted stays deleted."""
    copytree(changed / "src", changed / "experiments")
    if committed:
        commit(changed)
    (changed / "src" / "names.py").unlink()
    commit(changed)
    copied = contents(changed / "experiments")

    result = update("net", "--json")

    assert result.exit_code == 0
    assert told(result)["left_deleted"] == ["src/names.py"]
    assert contents(changed / "experiments") == copied


def test_copied_then_deleted(changed, update):
    """A copy that was committed beside its original is no heir, and that is told."""
    content = (changed / "src" / "names.py").read_text()
    (changed / "src" / "old.py").write_text(content)
    commit(changed)
    (changed / "src" / "names.py").unlink()
    commit(changed)

    result = update("net")

    assert (changed / "src" / "old.py").read_text() == content
    assert (
        "src/names.py: stays deleted, though the template changed it; it was not taken for "
        "`src/old.py`\n" in result.stdout
    )


def test_two_that_are_alike(changed, update):
    """Where nobody can tell which of two files is the heir, neither is changed."""
    git(changed, "mv", "src/names.py", "one.py")
    (changed / "two.py").write_text((changed / "one.py").read_text())
    commit(changed)
    before = (changed / "one.py").read_text()

    result = update("net")

    assert (changed / "one.py").read_text() == (changed / "two.py").read_text() == before
    assert "it was not taken for `one.py` and `two.py`\n" in result.stdout


def test_like_one_that_stayed(changed, team_files, update):
    """A copy of a module that is still there is not taken for another that was deleted."""
    readme = (changed / "README.md").read_text()
    half = "".join(f"line {n}\n" for n in range(6)) + readme * 4
    (team_files / "half.txt").write_text(half)
    update("net")
    commit(changed)
    (changed / "half.txt").unlink()
    copy = (changed / "lines.txt").read_text()
    (changed / "copy.txt").write_text(copy)
    commit(changed)
    replace(team_files / "half.txt", "line 0", "line zero")

    result = update("net", "--json")

    assert told(result)["left_deleted"] == ["half.txt"]
    assert (changed / "copy.txt").read_text() == copy


@pytest.mark.parametrize("place", ["experiments/two", "src/two"])
def test_project_within(place, changed, update):
    """A project within the project is no heir, whatever was deleted around it."""
    copytree(changed, changed / place, ignore=ignore_patterns(".git", "two"))
    (changed / "src" / "names.py").unlink()
    commit(changed)
    other = contents(changed / place)

    result = update("net", "--json")

    assert told(result)["left_deleted"] == ["src/names.py"]
    assert contents(changed / place) == other


def test_template_moves_what_is_around_a_project(changed, team_files, update):
    """A project within a package stays where it is when the template moves the package."""
    copytree(changed, changed / "src" / "two", ignore=ignore_patterns(".git", "two"))
    (changed / "src" / "mine.py").write_text("mine = 1\n")
    commit(changed)
    other = contents(changed / "src" / "two")
    (team_files / "src").rename(team_files / "code")

    result = update("net")

    assert result.exit_code == 0
    assert contents(changed / "src") == other
    assert (changed / "code" / "mine.py").read_text() == "mine = 1\n"


def test_update_of_the_project_within(changed, update):
    """A project within another is updated alone, and then the other one."""
    copytree(changed, changed / "two", ignore=ignore_patterns(".git", "two"))
    (changed / "src" / "names.py").unlink()
    commit(changed)

    inner = told(update("net/two", "--json"))
    commit(changed)
    outer = told(update("net", "--json"))

    assert inner["files"] == {"src/names.py": "update"}
    assert CHANGED in (changed / "two" / "src" / "names.py").read_text()
    assert (outer["files"], outer["left_deleted"]) == ({}, ["src/names.py"])


def test_deleted_by_the_template_and_moved(changed, team_files, update):
    """What the user moved and the template deletes is a conflict, and stays there."""
    git(changed, "mv", "src", "code")
    commit(changed)
    (team_files / "src" / "names.py").unlink()

    result = update("net", "--json")

    assert result.exit_code == 5
    assert told(result)["conflicts"] == {
        "code/names.py": "the template deleted what you moved"
    }
    assert unmerged(changed) == {"code/names.py": [1, 2]}
    assert (changed / "code" / "names.py").exists()


def test_moved_by_one_and_renamed_by_the_other(changed, team_files, update):
    """A module of a package that the user moved follows its new name there."""
    git(changed, "mv", "src", "code")
    replace(changed / "code" / "names.py", "name_1 = 1\n", "name_1 = one\n")
    commit(changed)
    (team_files / "src" / "names.py").rename(team_files / "src" / "words.py")

    result = update("net")

    words = (changed / "code" / "words.py").read_text()
    assert result.exit_code == 0
    assert words.split("\n")[1::6] == ["name_1 = one", "name_7 = seven"]


@pytest.mark.parametrize("edited", [True, False], ids=["both", "the template alone"])
def test_moved_into_what_the_template_moves(edited, changed, team_files, update):
    """What its user moved into a package stays there, where the template moves the package."""
    git(changed, "mv", "lines.txt", "src/lines.txt")
    if edited:
        replace(changed / "src" / "lines.txt", "line 1\n", "line one\n")
    commit(changed)
    (team_files / "src").rename(team_files / "lib")
    replace(team_files / "lines.txt", "line 9\n", "line nine\n")

    result = update("net", "--json")

    assert result.exit_code == 0, result.output
    assert (changed / "lib" / "names.py").read_text().endswith(CHANGED)
    assert (changed / "src" / "lines.txt").read_text().split("\n")[1::8] == [
        "line one" if edited else "line 1",
        "line nine",
    ]


def test_new_file_in_a_part_of_a_moved_package(changed, team_files, update):
    """A new file below a package that was moved comes there, and no other does."""
    git(changed, "mv", "src", "code")
    (changed / "src" / "own").mkdir(parents=True)
    (changed / "src" / "own" / "mine.txt").write_text("mine\n")
    commit(changed)
    (team_files / "src" / "own").mkdir()
    (team_files / "src" / "own" / "theirs.txt").write_text("theirs\n")
    (team_files / "src" / "part").mkdir()
    (team_files / "src" / "part" / "theirs.txt").write_text("theirs\n")

    result = update("net", "--json")

    assert told(result)["files"] == {
        "code/names.py": "update",
        "code/part/theirs.txt": "add",
        "src/own/theirs.txt": "add",
    }


@pytest.mark.parametrize(
    ("old", "candidates", "expected"),
    [
        ("src/net", ["net", "experiments"], "net"),
        ("src/net", ["net", "old/net"], "net"),
        ("src/net", ["lib/net", "old/net"], None),
        ("src/net", ["", "old"], ""),
        ("src/net", ["src/net/core", "old/src/net"], None),
        ("src/net", ["src/core", "core"], "src/core"),
        ("src/net", ["a", "b"], None),
        ("src/net", ["a"], "a"),
        ("src/net", [], None),
        ("a/b.py", ["a/c.py", "d/c.py"], "a/c.py"),
        ("a/b.py", ["a/c.py", "d/b.py"], None),
    ],
)
def test_closest(old, candidates, expected):
    """The heir is who keeps more of the path at one end and not less at the other."""
    assert closest_path(old, candidates) == expected


PARTS = st.sampled_from(["a", "b", "c"])
PATHS = st.lists(PARTS, min_size=1, max_size=3).map("/".join)


@given(base=st.sets(PATHS), side=st.sets(PATHS), chosen=st.randoms())
def test_moves(base, side, chosen):
    """Whatever is like what, a new file is the heir of one file at most, which is gone."""
    added = sorted(side - base)
    alike = {new: chosen.choice(sorted(base)) for new in added if base}

    made = moves(base, side, alike)

    assert made.files.keys() <= base - side
    assert {*made.files.values()} <= {*added}
    assert len({*made.files.values()}) == len(made.files)
    for new, old in alike.items():
        assert old in side or old in made.files or new in made.unsure[old]


@pytest.fixture
def packaged(team_files, net, update):
    """`net` with a package of its name, which another file tells too."""
    package = team_files / "src" / "{{ package }}"
    package.mkdir()
    (package / "words.py").write_text("".join(f"word_{n} = {n}\n" for n in range(8)))
    (team_files / "run.sh.jinja").write_text("python -m {{ package }}.words\n")
    update("net")
    commit(net)
    return net


def test_renamed_package(packaged, update, monkeypatch):
    """A package that was renamed is told with the way out, which lets all go by its name."""
    git(packaged, "mv", "src/net", "src/core")
    replace(packaged / "src" / "core" / "words.py", "word_1 = 1\n", "word_1 = one\n")
    commit(packaged)
    monkeypatch.chdir(packaged / "src" / "core")

    told_first = update()
    renamed = update("--package", "core")

    assert told_first.stdout.splitlines()[0] == (
        "`src/net` is `src/core` here; `--package core` lets all that is generated go by that"
    )
    assert renamed.exit_code == 0
    assert (packaged / "run.sh").read_text() == "python -m core.words\n"
    assert "word_1 = one\n" in (packaged / "src" / "core" / "words.py").read_text()
    assert not (packaged / "src" / "net").exists()


def test_package_that_the_proof_does_not_find(
    packaged, update, scaffold, team_template, monkeypatch
):
    """A package that was moved out of `src` is told where the proof looks for it there."""
    monkeypatch.setattr("keras_scaffold.proof.Smoke", lambda *_, **__: nullcontext(True))
    git(packaged, "mv", "src/net", "net")
    commit(packaged)

    unproved = update("net")
    proved = scaffold("update", "net", "--template", team_template)

    assert unproved.stdout == "net: up to date, nothing to change\n"
    assert proved.stdout.splitlines()[0] == (
        "`src/net` is `net` here; the proof looks for `src/net`; move it to `src`, or give "
        "--no-smoke"
    )


@pytest.mark.parametrize("new", ["experiments", "experiments/two/lines.txt/deep.txt"])
def test_template_needs_the_room_of_a_project_within(new, changed, team_files, update):
    """Where the template adds a file in the way of a project within, nothing of that is lost."""
    place = changed / "experiments" / "two"
    copytree(changed, place, ignore=ignore_patterns(".git", "experiments"))
    commit(changed)
    other = {path.name: path.read_bytes() for path in contents(place)}
    (team_files / new).parent.mkdir(parents=True, exist_ok=True)
    (team_files / new).write_text("theirs\n")

    result = update("net")

    assert result.exit_code == 5
    found = {path.name.partition("~")[0]: path.read_bytes() for path in contents(place)}
    assert other.items() <= found.items()
    assert "experiments" in result.stdout


@pytest.mark.parametrize(
    ("made", "added", "mine", "theirs"),
    [
        (["a.txt"], ["config"], {}, {"a.txt": "config/a.txt"}),
        (["lib/a.txt"], ["lib/own.txt", "lib/deep/er.txt"], {}, {"lib/a.txt": "lib"}),
        (
            ["lib/a.txt", "lib/b.txt"],
            ["code"],
            {},
            {"lib/a.txt": "code/a.txt", "lib/b.txt": "code/b.txt"},
        ),
        (["a.txt"], ["src/lib/own.txt"], {"a.txt": "src/a.txt"}, {"a.txt": "lib"}),
        (["a.txt", "b.txt"], [], {"a.txt": "new"}, {"b.txt": "new/b.txt"}),
        (["a.txt", "b.txt"], [], {"a.txt": "new/a.txt"}, {"b.txt": "new"}),
    ],
)
@pytest.mark.parametrize("edited", [False, True], ids=["moved", "moved and edited"])
def test_file_where_the_other_has_a_directory(
    made, added, mine, theirs, edited, team_files, net, update
):
    """No file is lost where a move would put one above or below another of the other side."""
    texts = {path: "".join(f"{path} {n}\n" for n in range(10)) for path in made}
    write(team_files, texts)
    update("net")
    commit(net)
    for old, new in mine.items():
        (net / new).parent.mkdir(exist_ok=True)
        git(net, "mv", old, new)
    if edited:
        texts = {path: f"{text}mine of {path}\n" for path, text in texts.items()}
    texts |= {path: f"mine in {path}\n" for path in added}
    write(net, {mine.get(path, path): text for path, text in texts.items()})
    commit(net)
    moved = {new: (team_files / old).read_text() for old, new in theirs.items()}
    for old in theirs:
        (team_files / old).unlink()
        if old.startswith("lib/") and not any((team_files / "lib").iterdir()):
            (team_files / "lib").rmdir()
    write(team_files, moved)

    result = update("net")

    files = project_files(net).values()
    found = {line for file in files for line in file.content.splitlines()}
    assert result.exit_code in (0, 5)
    assert {*"".join(texts.values()).encode().splitlines()} <= found
