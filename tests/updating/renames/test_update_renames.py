"""Updates follow what was renamed by either side, or both, and tell it."""

from contextlib import nullcontext

import pytest

from tests.lives import project_files, write
from tests.packages import CHANGED
from tests.repositories import commit, git, replace, told, unmerged


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
