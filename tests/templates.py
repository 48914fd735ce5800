"""Templates as teams have them: small ones of their own, and parts of the built-in one."""

from __future__ import annotations

from pathlib import Path
from shutil import copy, copytree

from keras_scaffold.templates.template import Template

ROOT = Path(__file__).parents[1]


def team_template_in(directory: Path) -> Path:
    """A team's own template: the built-in questions and two small files."""
    root = directory / "team"
    project = root / "template" / "project"
    project.mkdir(parents=True)
    copy(ROOT / "copier.yml", root)
    for answers in (ROOT / "template" / "project").glob("*answers_file*"):
        copy(answers, project)
    (project / "README.md.jinja").write_text("# {{ name }}, {{ style }}\n")
    return root


def team_files_in(template: Path) -> Path:
    """Let a team's template also make a text of ten lines and a module."""
    files = template / "template" / "project"
    (files / "src").mkdir()
    (files / "lines.txt").write_text("".join(f"line {n}\n" for n in range(10)))
    (files / "src" / "names.py").write_text("".join(f"name_{n} = {n}\n" for n in range(8)))
    return files


def part_in(root: Path, directories: tuple[str, ...], modules: tuple[str, ...]) -> Template:
    """The built-in template with nothing of the project but some modules, and the answers."""
    copy(ROOT / "copier.yml", root)
    for directory in (
        "kinds",
        "tasks",
        *directories,
    ):  # pyproject.toml says what a project is
        copytree(ROOT / "template" / directory, root / "template" / directory)
    source = "template/project/src/{{ package }}"
    (root / source).mkdir(parents=True)
    for part in ("*answers_file*", "pyproject*"):
        for file in (ROOT / "template/project").glob(part):
            copy(file, root / "template/project")
    for file in (ROOT / source).glob("*.jinja"):
        if file.name.startswith(modules):
            copy(file, root / source)
    return Template(root, "part")
