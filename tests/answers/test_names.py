"""The names that projects and packages may carry."""

import pytest

from keras_scaffold.answers.project_names import package_complaint, project_name_complaint

NO_NAMES = [
    "",
    " ",
    "../up",
    "a/b",
    "a\\b",
    "/etc",
    "C:",
    "~",
    "-x",
    "x-",
    ".hidden",
    "end.",
    "Upper",
    "ümlaut",
    "日本",
    "日本-net",
    "cat🐈",
    "a b",
    "a\n",
    "a\nimport os",
    "a\x00b",
    "a'b",
    'a"b',
    "a`b`",
    "$(id)",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "a#b",
    "a;b",
    "a=b",
    "x[test]",
]


@pytest.mark.parametrize("name", ["a", "my-net", "my_net", "my.net", "net2", "1st", "a--b"])
def test_project_names(name):
    """A project has the name of a distribution."""
    assert project_name_complaint(name) is None


@pytest.mark.parametrize("name", NO_NAMES)
def test_no_project_names(name):
    """What is no distribution's name is quoted and refused, with one that is like it."""
    told, _, alike = str(project_name_complaint(name)).rpartition(" e.g. ")

    assert told == (
        f"name `{name}` is not a distribution's name; use lower-case letters, digits, "
        "-, _ and ., beginning and ending with a letter or digit,"
    )
    assert project_name_complaint(alike.strip("`")) is None


@pytest.mark.parametrize("package", ["a", "my_net", "net2", "model", "train"])
def test_package_names(package):
    """A package has the name of a module."""
    assert package_complaint(package) is None


@pytest.mark.parametrize("package", [*NO_NAMES, "my-net", "my.net", "1st", "_private"])
def test_no_package_names(package):
    """What is no module's name is quoted and refused, with one that is like it."""
    told, _, alike = str(package_complaint(package)).rpartition(" e.g. ")

    assert told == (
        f"package `{package}` is not a module's name; use lower-case letters, digits and _, "
        "beginning with a letter,"
    )
    assert package_complaint(alike.removesuffix(" (`--package`)").strip("`")) is None
