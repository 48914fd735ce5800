"""Which names projects and their packages may carry."""

from __future__ import annotations

import keyword
import re
import sys

from keras_scaffold.suggestions import in_ascii

WINDOWS_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
IMPORTED_BY_PROJECTS = frozenset("""
    absl annotated_doc annotated_types anyio array_record astunparse black blackd blib2to3
    brotli certifi charset_normalizer clang click cloudpickle colorama contourpy copier
    cycler dateutil dunamai etils fastapi filelock flatbuffers fonttools fsspec funcy gast
    google gradio gradio_client groovy grpc h11 h5py hatchling hf_gradio hf_xet httpcore
    httpcore2 httpx httpx2 huggingface_hub idna importlib_resources iniconfig jax jinja2
    jinja2_ansible_filters joblib keras kiwisolver libclang markdown markdown_it markupsafe
    matplotlib mdurl ml_dtypes mpl_toolkits multipart mypy_extensions namex narwhals numpy
    opentelemetry opt_einsum optree orjson packaging pandas pasta pathspec pil pillow pip
    pkg_resources platformdirs pluggy plumbum prompt_toolkit py pydantic pydantic_core pydot
    pydub pygments pylab pyparsing pytest python_multipart pytokens pytz questionary
    requests rich safehttpx scikit_learn scipy semantic_version setuptools shellingham six
    sklearn starlette tensorboard tensorflow termcolor test tests tf threadpoolctl tomlkit
    torch tqdm truststore typer typing_extensions typing_inspection tzdata urllib3 uvicorn
    wcwidth werkzeug wheel wrapt yaml zipp
    """.split())
"""What a project's dependencies are called, and what those import in their turn."""
IMPORTED_BY_NOTEBOOKS = frozenset("""
    asttokens attr attrs comm debugpy executing fastjsonschema ipykernel ipykernel_launcher
    ipython ipython_pygments_lexers jedi jsonschema jsonschema_specifications jupyter
    jupyter_client jupyter_core jupyter_server jupyterlab matplotlib_inline nbclient nbconvert
    nbformat nest_asyncio nest_asyncio2 parso pexpect psutil ptyprocess pure_eval pyzmq
    referencing rpds rpds_py stack_data tornado traitlets zmq
    """.split())
"""The same of what runs a project's notebook."""
IMPORTED_BY_FORMATS = frozenset("""
    ai_edge_litert backports examples functorch isympy jaxlib mpmath networkx onnx onnxruntime
    openvino openvino_telemetry sympy tf2onnx tools torchgen
    """.split())
"""The same of what models are exported by, and of Keras' other backends."""
DEPENDENCIES = frozenset("""
    absl_py audioop_lts backports_strenum google_pasta grpcio keras_scaffold markdown_it_py
    opentelemetry_api protobuf python_dateutil pyyaml tensorboard_data_server
    """.split())
"""What those distributions are called that are not called like their module."""
COMMANDS = frozenset("""
    backend_test_tools bash benchmark_app cat cd check_model check_node cp deactivate env
    f2py git hf import_pb_to_tensorboard litert_benchmark ls make markdown_py mkdir mv
    normalizer numpy_config onnxruntime_test opt_in_out ovc ps py_test pyftmerge pyftsubset
    pygmentize rm saved_model_cli scaffold sh ssh sudo tf_upgrade_v2 tflite_convert
    tiny_agents toco torchfrtrace torchrun ttx upload_theme
    """.split())
"""Commands that a project's own would replace: of its environment, and everybody's."""
ENVIRONMENT_COMMAND = re.compile(
    r"(python|pythonw|pip)[0-9_]*|activate.*|(debugpy|jupyter)_.*|ipython3"
)
FLAVOUR = re.compile(
    r"(tensorflow|tf|keras|tb|tf_keras)_"
    r"(nightly(_cpu|_gpu)?|cpu(_aws)?|gpu|intel|macos|metal|rocm|aarch64|keras)"
)
"""Distributions that hold a dependency's modules under another name."""
TAKEN_PACKAGE_NAMES = (
    frozenset(module.lower() for module in sys.stdlib_module_names)
    | IMPORTED_BY_PROJECTS
    | IMPORTED_BY_NOTEBOOKS
    | IMPORTED_BY_FORMATS
    | frozenset(sys.builtin_module_names)
)
NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?")
MODULE = re.compile(r"[a-z][a-z0-9_]*")


def project_name_complaint(name: str) -> str | None:
    """Why a project cannot be called `name`, or None where it can."""
    if not NAME.fullmatch(name):
        return (
            f"name `{name}` is not a distribution's name; use lower-case letters, digits, "
            f"-, _ and ., beginning and ending with a letter or digit, e.g. `{legal_name(name)}`"
        )
    module = re.sub(r"[-_.]+", "_", name)
    way_out = f"choose another, e.g. `my-{name}`"
    if module in COMMANDS or ENVIRONMENT_COMMAND.fullmatch(module):
        return f"name `{name}` would replace the command that is called so; {way_out}"
    if module in DEPENDENCIES or FLAVOUR.fullmatch(module):
        return f"name `{name}` is that of a package that projects depend on; {way_out}"
    return _taken_complaint("name", name, module)


def package_complaint(package: str) -> str | None:
    """Why a package cannot be called `package`, or None where it can."""
    if not MODULE.fullmatch(package):
        alike = package_name(legal_name(package))
        alike = alike if MODULE.fullmatch(alike) else "my_project"
        return (
            f"package `{package}` is not a module's name; use lower-case letters, digits "
            f"and _, beginning with a letter, e.g. `{alike}` (`--package`)"
        )
    return _taken_complaint("package", package, package)


def package_name(name: str) -> str:
    """The package that a project of this name holds unless told otherwise.

    That of a name like it, where no project can have the name itself; a module's begins with
    a letter.
    """
    legal = name if NAME.fullmatch(name) else legal_name(name)
    module = re.sub(r"[^a-z0-9_]+", "_", legal)
    return f"net_{module}" if module[:1].isdigit() else module


def _taken_complaint(what: str, name: str, module: str) -> str | None:
    way_out = f"choose another, e.g. `{name}_net`"
    if keyword.iskeyword(module):
        return f"{what} `{name}` is a Python keyword; {way_out}"
    if module in TAKEN_PACKAGE_NAMES:
        return f"{what} `{name}` would hide the module that is called so; {way_out}"
    if module in WINDOWS_RESERVED:
        return f"{what} `{name}` is reserved on Windows; {way_out}"
    return None


def default_project_name(directory: str) -> str:
    """The name that a project in a directory of this name gets unless told otherwise.

    Letters that ASCII has no spelling for stay, for somebody to replace.
    """
    return re.sub(r"[^a-z0-9._\x80-\U0010ffff-]+", "-", in_ascii(directory).lower()).strip(
        "-._"
    )


def legal_name(name: str) -> str:
    """The name of a project that is like `name`, or an example of one."""
    alike = default_project_name(name)
    legal = NAME.fullmatch(alike) and project_name_complaint(alike) is None
    return alike if legal else "my-project"
