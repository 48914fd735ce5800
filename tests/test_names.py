"""The names that projects, packages and bricks may carry."""

import pytest

from generator.names import (
    brick_name_complaint,
    default_project_name,
    package_complaint,
    package_name,
    project_name_complaint,
)

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
    """What is no distribution's name is quoted and refused, with an example of one."""
    assert project_name_complaint(name) == (
        f"name `{name}` is not a distribution's name; use lower-case letters, digits, "
        "-, _ and ., beginning and ending with a letter or digit, e.g. `my-project`"
    )


@pytest.mark.parametrize("package", ["a", "my_net", "net2", "model", "train"])
def test_package_names(package):
    """A package has the name of a module."""
    assert package_complaint(package) is None


@pytest.mark.parametrize("package", [*NO_NAMES, "my-net", "my.net", "1st", "_private"])
def test_no_package_names(package):
    """What is no module's name is quoted and refused, with an example of one."""
    assert package_complaint(package) == (
        f"package `{package}` is not a module's name; use lower-case letters, digits "
        "and _, beginning with a letter, e.g. `my_project` (`--package`)"
    )


@pytest.mark.parametrize("name", ["class", "import", "lambda", "async", "is"])
def test_keywords(name):
    """A Python keyword is neither a project's name nor a package's."""
    told = f"`{name}` is a Python keyword; choose another, e.g. `{name}_net`"

    assert project_name_complaint(name) == f"name {told}"
    assert package_complaint(name) == f"package {told}"


@pytest.mark.parametrize(
    "name",
    [
        *("test", "random", "json", "types", "site", "antigravity", "sys"),
        *("keras", "tensorflow", "numpy", "pytest", "pil", "sklearn", "matplotlib"),
        *("six", "joblib", "packaging", "requests", "pygments", "click", "wrapt", "google"),
        *("generator", "tests"),
    ],
)
def test_hidden_modules(name):
    """A package hides no module of Python's, of a dependency, or of what that one needs."""
    told = f"`{name}` would hide the module that is called so"

    assert package_complaint(name) == f"package {told}; choose another, e.g. `{name}_net`"
    assert project_name_complaint(name) == f"name {told}; choose another, e.g. `{name}_net`"


@pytest.mark.parametrize("name", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_windows(name):
    """A name that Windows keeps for a device is refused everywhere."""
    told = f"`{name}` is reserved on Windows; choose another, e.g. `{name}_net`"

    assert project_name_complaint(name) == f"name {told}"
    assert package_complaint(name) == f"package {told}"


@pytest.mark.parametrize(
    ("directory", "project", "package"),
    [
        ("myproject", "myproject", "myproject"),
        ("My Project", "my-project", "my_project"),
        ("net.v2", "net.v2", "net_v2"),
        ("_under_", "under", "under"),
        ("a\nb", "a-b", "a_b"),
        ("Bäume", "b-ume", "b_ume"),
        ("日本", "", ""),
    ],
)
def test_defaults(directory, project, package):
    """The directory's name becomes the project's, and that one the package's."""
    name = default_project_name(directory)

    assert (name, package_name(name)) == (project, package)


@pytest.mark.parametrize("name", ["stem", "Stem2", "x", "cnn_1"])
def test_brick_names(name):
    """A brick has the name of a variable."""
    assert brick_name_complaint(name) is None


@pytest.mark.parametrize("name", ["", "a b", "2x", "_x", "a/b", "a'b", "é", "x\n", 3, None])
def test_no_brick_names(name):
    """What is no identifier is refused."""
    assert brick_name_complaint(name) == (
        f"name `{name}` is not an identifier; use letters, digits and _"
    )


@pytest.mark.parametrize("name", ["call", "fit", "layers", "weights", "image", "logits"])
def test_brick_names_of_keras(name):
    """A brick does not take a name that every Keras model has already."""
    assert brick_name_complaint(name) == (
        f"name `{name}` is taken by Keras; choose another, e.g. `{name}_block`"
    )


def test_brick_names_that_are_keywords():
    """A brick is not called like a Python keyword, for it becomes an attribute."""
    assert brick_name_complaint("None") == (
        "name `None` is a Python keyword; choose another, e.g. `None_block`"
    )
