"""`scaffold new --data` and the project that it makes say the same of a directory."""

import shutil
import sys
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from keras_scaffold.answers import look_at
from keras_scaffold.answers.answers import check_answers
from keras_scaffold.answers.own_data import parts, search
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template

NAMES = st.sampled_from([*parts.PARTS, "cat", "dog", ".hidden"])
FILES = st.sampled_from(
    ["0.png", "1.png", "2.png", "3.png", "UPPER.PNG", "._0.png", "notes.txt"]
)
LINKS = st.sampled_from(
    [".", "..", "../..", "../cat", "../dog", "below", "nowhere", "round"]
)
"""Where links below a class lead, `round` being one itself; to circles, too."""
CONTENTS = st.tuples(st.sets(FILES), st.sets(FILES) | st.none(), st.sets(LINKS, max_size=2))
"""Of a class: its files, those of a directory below it, if there is one, and links."""
CLASSES = st.dictionaries(NAMES, CONTENTS, max_size=4)
TREES = CLASSES | st.dictionaries(NAMES, CLASSES, max_size=4)
"""What each directory has, of classes or of parts with classes."""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """Imports modules of a project that was made for a directory of images."""
    place = tmp_path_factory.mktemp("project")
    with open_template() as template:
        told = {"name": "of-agreement", "dataset": "folder", "classes": 2}
        render(template, check_answers(told, template.questions), place)
    sys.path.insert(0, str(place / "src"))
    try:
        yield lambda name: import_module(f"of_agreement.{name}".removesuffix("."))
    finally:
        sys.path.remove(str(place / "src"))


def make(place, tree):
    """The directories of a tree, with files and links as it tells."""
    place.mkdir(parents=True)
    for name, below in tree.items():
        if isinstance(below, dict):
            make(place / name, below)
        else:
            make_class(place / name, *below)


def make_class(place, files, below, links):
    """The directory of a class."""
    place.mkdir()
    for name in files:
        Image.new("L", (2, 2)).save(place / name, "png")
    for number, to in enumerate(sorted(links)):
        (place / ("round" if to == "round" else f"link{number}")).symlink_to(to)
    if below is not None:
        make_class(place / "below", below, None, links - {"below"})


def generator_counts(place):
    """How many images the generator finds, if it saw every one."""
    seen = [each for part in parts.parts_in(place) for each in part.seen.values()]
    return (
        sum(len(each.images) for each in seen) if all(each.every for each in seen) else None
    )


def project_reads(own, place):
    """The classes that the project finds, its images, and what it says against learning them."""
    own_error = own("").UserError
    try:
        found = own("folders").look_at(str(place))
    except own_error as error:
        return (), 0, str(error)
    names = found.class_names
    number = len(found.images.ends) - len(found.images.bad)
    return tuple(names), number, found.wrong or ("too few" if len(names) < 2 else "")


@given(tree=TREES)
def test_directories(own, tree, fresh, monkeypatch):
    """Parts, classes and numbers of images: what one refuses, the other does, and no more."""
    place = fresh() / "photos"
    make(place, tree)
    (place / "round").symlink_to("round")
    monkeypatch.setenv("XDG_CACHE_HOME", str(place.parent / "caches"))

    told = look_at(place)
    classes, number, wrong = project_reads(own, place)

    assert bool(told.faults) == bool(wrong), (told.faults, wrong)
    assert told.faults or told.classes == classes
    assert told.faults or generator_counts(place) in (number, None)
    shutil.rmtree(place.parent)


def test_suffixes(own):
    """What is taken for an image is so by its suffix, in the project as before it is made."""
    assert own("images").SUFFIXES == search.SUFFIXES
    assert own("folders").NAMES.keys() == parts.PARTS.keys()
