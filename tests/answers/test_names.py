"""The names that projects, packages and bricks may carry."""

import unicodedata
from importlib.metadata import (
    PackageNotFoundError,
    distribution,
    packages_distributions,
)

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from keras_scaffold.answers.project_names import (
    default_project_name,
    package_complaint,
    package_name,
    project_name_complaint,
)
from keras_scaffold.bricks.brick_names import brick_name_complaint

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
        "tests",
    ],
)
def test_hidden_modules(name):
    """A package hides no module of Python's, of a dependency, or of what that one needs."""
    told = f"`{name}` would hide the module that is called so"

    assert package_complaint(name) == f"package {told}; choose another, e.g. `{name}_net`"
    assert project_name_complaint(name) == f"name {told}; choose another, e.g. `{name}_net`"


@pytest.mark.parametrize(
    "name",
    [
        *("python", "python3", "python3.11", "pip", "pip3", "pip3.12", "activate"),
        *("activate-this", "deactivate", "scaffold", "saved-model-cli", "saved_model_cli"),
    ],
)
def test_commands_of_the_environment(name):
    """A project's command does not replace Python, pip, this tool or a dependency's."""
    assert project_name_complaint(name) == (
        f"name `{name}` would replace the command that is called so; choose another, e.g. "
        f"`my-{name}`"
    )


@pytest.mark.parametrize(
    "name",
    [
        *("tensorflow-cpu", "tensorflow_gpu", "tensorflow.intel", "tf-nightly", "tf-keras"),
        *("tf-nightly-cpu", "keras-nightly", "tf-keras-nightly", "keras-scaffold"),
        *("absl-py", "protobuf", "python-dateutil"),
    ],
)
def test_distributions_of_dependencies(name):
    """A project is no other edition of TensorFlow's or Keras', nor a dependency of theirs."""
    assert project_name_complaint(name) == (
        f"name `{name}` is that of a package that projects depend on; choose another, e.g. "
        f"`my-{name}`"
    )


@pytest.mark.parametrize(
    "name",
    [
        "my-python3.11",
        "pipeline",
        "python-net",
        "my-tensorflow-cpu",
        "tf-net",
        "keras-pets",
    ],
)
def test_names_like_those(name):
    """A name that only begins alike is a project's, and so is what an error proposes."""
    assert project_name_complaint(name) is None


def needed(*names):
    """The installed distributions of these names, and those that they need in turn."""
    found, wanted = {}, [*names]
    while wanted:
        name = canonicalize_name(wanted.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        requirements = map(Requirement, found[name].requires or [])
        wanted += [
            one.name for one in requirements if not one.marker or one.marker.evaluate()
        ]
    return found


def test_all_that_is_installed_with_a_project():
    """No module, distribution or command that a project brings along is a project's name."""
    along = needed(
        *("tensorflow", "keras", "matplotlib", "scikit-learn", "pydot", "pillow", "numpy"),
        *("pip", "pytest", "keras-scaffold"),
    )
    modules = {
        module.lower()
        for module, holders in packages_distributions().items()
        if {*map(canonicalize_name, holders)} & {*along}
    }
    commands = {
        command.name
        for one in along.values()
        for command in one.entry_points.select(group="console_scripts")
    }

    hashed = {name for name in modules if name.endswith("__mypyc")}
    assert {"tensorflow", "sklearn", "pil", "google"} <= modules
    assert [*filter(package_free, modules - hashed)] == []
    assert [*filter(project_free, {*along} | commands)] == []


def package_free(name):
    """Whether a package may be called so."""
    return package_complaint(name) is None


def project_free(name):
    """Whether a project may be called so."""
    return project_name_complaint(name) is None


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
        ("Bäume", "baume", "baume"),
        ("ünï", "uni", "uni"),
        ("Straße_Øst.œuvre", "strasse_ost.oeuvre", "strasse_ost_oeuvre"),
        ("İstanbul \u0131Łß", "istanbul-ilss", "istanbul_ilss"),
        ("ﬁne²", "fine2", "fine2"),
        ("日本", "日本", "my_project"),
        ("日本-net", "日本-net", "my_project"),
        ("cat🐈", "cat🐈", "my_project"),
        ("7 days", "7-days", "net_7_days"),
    ],
)
def test_defaults(directory, project, package):
    """The directory's name becomes the project's, and that one the package's."""
    name = default_project_name(directory)

    assert (name, package_name(name)) == (project, package)


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("ünï", "`uni`"),
        ("Bäume am Straßenrand", "`baume-am-strassenrand`"),
        ("Réseau_2", "`reseau_2`"),
        ("日本", "`my-project`"),
        ("Upper", "`upper`"),
        ("Kéras", "`my-project`"),
    ],
)
def test_a_name_in_ascii_is_proposed(name, alike):
    """A project's name in other letters is refused, with its own spelling where it has one."""
    assert str(project_name_complaint(name)).endswith(f"e.g. {alike}")


WRITTEN = st.text(st.one_of(st.characters(), st.sampled_from("äöß日-_. Kerasclti/")))


@given(WRITTEN)
def test_what_is_proposed_is_a_name(name):
    """Each error about a name that proposes another proposes one that may be taken."""
    for complaint in (brick_name_complaint, project_name_complaint, package_complaint):
        told = str(complaint(name)).removesuffix(" (`--package`)").rpartition(" e.g. ")

        assert not told[1] or complaint(told[2].strip("`")) is None


@given(WRITTEN)
def test_no_letter_is_lost(name):
    """The project's default name has as many letters and digits as the directory's, at least.

    Those of ASCII are the same ones, in their order; a name with others is refused.
    """
    default = default_project_name(name)

    letters = [
        each for each in unicodedata.normalize("NFKD", name.lower()) if each.isalnum()
    ]
    assert len([each for each in default if each.isalnum()]) >= len(letters)
    left = iter(default)
    assert all(each.lower() in left for each in letters if each.isascii())
    assert project_name_complaint(default) or default.isascii()


@pytest.mark.parametrize("name", ["stem", "Stem2", "x", "cnn_1"])
def test_brick_names(name):
    """A brick has the name of a variable."""
    assert brick_name_complaint(name) is None


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("", "stem"),
        ("a b", "a_b"),
        ("2x", "stem"),
        ("_x", "x"),
        ("a/b", "a_b"),
        ("é", "e"),
        ("ünï", "uni"),
        ("größe", "grosse"),
        ("日本", "stem"),
        ("x\n", "x"),
        ("cäll", "call_block"),
        (3, "stem"),
        (None, "None_block"),
    ],
)
def test_no_brick_names(name, alike):
    """What is no identifier is refused, with one that is like it."""
    assert brick_name_complaint(name) == (
        f"name `{name}` is not an identifier; use letters from a to z, digits and _, "
        f"e.g. `{alike}`"
    )


@pytest.mark.parametrize("name", ["call", "fit", "layers", "weights", "image", "logits"])
def test_brick_names_of_keras(name):
    """A brick does not take a name that every Keras model has already."""
    assert brick_name_complaint(name) == (
        f"name `{name}` is taken by the model; choose another, e.g. `{name}_block`"
    )


def test_brick_names_that_are_keywords():
    """A brick is not called like a Python keyword, for it becomes an attribute."""
    assert brick_name_complaint("None") == (
        "name `None` is a Python keyword; choose another, e.g. `None_block`"
    )
