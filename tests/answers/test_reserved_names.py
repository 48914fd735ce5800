"""Names that Python, the system or a dependency has already are no project's."""

from importlib.metadata import PackageNotFoundError, distribution, packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from keras_scaffold.answers.project_names import package_complaint, project_name_complaint


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
        *(
            "pip",
            "pytest",
            "keras-scaffold",
            "gradio",
            "fastapi",
            "uvicorn",
            "python-multipart",
        ),
        *("httpx", "ipykernel", "nbclient", "nbformat", "onnx", "onnxruntime", "tf2onnx"),
        *("ai-edge-litert", "openvino", "torch", "jax", "array_record"),
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
