"""Tests of what directories tell: classes, parts, and what is wrong with them."""

import shutil

import numpy as np
import pytest

from folder_subclassing import UserError
from folder_subclassing.data import load
from folder_subclassing.folders import look_at, split_class
from folder_subclassing.model import CLASSES
from folder_subclassing.settings import Settings

SHARES = [0.2, 0.1]  # that test and that validate


def ranks(count):
    """Ranks of images, the same of those that there were before."""
    return np.random.default_rng(0).integers(0, 2**32, count)


def test_split():
    """About 70 % of the images train, 10 % validate and 20 % test the model."""
    parts = split_class(np.arange(2000), ranks(2000), SHARES)

    assert sorted(np.concatenate(parts)) == list(range(2000))
    assert [len(part) / 2000 for part in parts] == pytest.approx([0.2, 0.1, 0.7], abs=0.03)


def test_split_is_fixed():
    """Images that are added later leave the others in their parts."""
    before, after = (split_class(np.arange(n), ranks(n), SHARES) for n in (200, 300))

    assert all({*old} <= {*new} for old, new in zip(before, after))


@pytest.mark.parametrize("lowest", [0, 0.15, 0.25, 0.5])
def test_split_of_few(lowest):
    """Of 3 images of a class, one trains, one validates and one tests the model."""
    few = np.array([lowest, lowest + 0.1, lowest + 0.2]) * 2**32

    assert [len(part) for part in split_class(np.arange(3), few, SHARES)] == [1, 1, 1]


def test_other_files_are_left_out(workspace):
    """Hidden directories and files, and files that are not images, do not count."""
    (workspace / "data" / ".cache").mkdir()
    (workspace / "data" / "class_0000" / "notes.txt").write_text("not an image")
    (workspace / "data" / "class_0000" / "._0.png").write_text("what a Mac leaves")

    found = look_at("data")

    assert len(found.images.ends) == 10 * CLASSES
    assert not found.images.bad


def test_no_directory(tmp_path, monkeypatch):
    """Without the data's directory the user is told where to make it."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UserError) as error:
        load(Settings())

    assert str(error.value) == (
        f"`{tmp_path / 'data'}` is not a directory; make it, and in it one "
        "directory with images for each class, or name another by `--data`"
    )


def test_too_many_classes(workspace):
    """Another number of directories than of classes is refused."""
    (workspace / "data" / "other").mkdir()

    with pytest.raises(UserError) as error:
        load(Settings())

    assert f"holds {CLASSES + 1} directories" in str(error.value)
    assert f"the model tells {CLASSES} classes apart" in str(error.value)
    options = f"--classes {CLASSES + 1}"
    assert f"run `scaffold update {options}`" in str(error.value)


def test_no_classes(workspace):
    """Where there are no directories, the way out is to make them."""
    shutil.rmtree(workspace / "data")
    (workspace / "data").mkdir()

    with pytest.raises(UserError) as error:
        load(Settings())

    assert str(error.value).endswith("classes apart; add or remove directories")


def test_too_few_images(workspace):
    """All classes that are too small to be split are told at once."""
    shutil.rmtree(workspace / "data" / "class_0000")
    (workspace / "data" / "class_0000").mkdir()
    for index in range(8):
        (workspace / "data" / "class_0001" / f"{index}.png").unlink()

    with pytest.raises(UserError) as error:
        load(Settings())

    assert str(error.value).startswith(
        "`class_0000` has 0, `class_0001` has 2, but a class needs 3 images"
    )


def test_damaged_images(workspace, caplog):
    """Few images that cannot be read are left out with a warning, more end the training."""
    short = workspace / "data" / "class_0000" / "0.png"
    short.write_bytes(short.read_bytes()[:100])
    (workspace / "data" / "class_0001" / "1.jpg").write_text("not found")

    load(Settings(bad_share=0.5))
    with pytest.raises(UserError, match=f"2 of {10 * CLASSES + 1} images cannot be read"):
        load(Settings(bad_share=0))

    [told] = caplog.messages
    assert told.splitlines() == [
        f"2 of {10 * CLASSES + 1} images are left out:",
        "`data/class_0000/0.png`: it is damaged, or was cut short",
        "`data/class_0001/1.jpg`: it is text, not an image",
    ]


def test_parts(workspace):
    """Directories `train`, `val` and `test` tell the parts; what is missing is taken from the first."""
    (workspace / "data").rename(workspace / "train")
    (workspace / "data").mkdir()
    (workspace / "train").rename(workspace / "data" / "train")
    shutil.copytree(workspace / "data" / "train", workspace / "data" / "valid")

    found = look_at("data")

    sizes = {part: sum(map(len, classes)) for part, classes in found.parts.items()}
    paths = {found.images.path(n).split("/")[1] for n in np.concatenate(found.parts["validation"])}
    assert sizes["validation"] == sizes["train"] + sizes["test"] == 10 * CLASSES
    assert sizes["test"]
    assert paths == {"valid"}
