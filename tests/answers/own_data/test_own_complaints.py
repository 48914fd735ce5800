"""What is told of a directory of one's own images: what cannot be, what may not be meant."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_scaffold.answers import look_at
from tests.own_images import draw_classes

KINDS = ".bmp, .gif, .jpg, .png, .tif, .webp"
MAGIC = [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"BM", b"II*\0"]


def tree(place, spec):
    """Make files: images by words like `cat/3` for a directory of three, others by their names."""
    for word in spec.split():
        directory, _, name = word.rpartition("/")
        (place / directory).mkdir(parents=True, exist_ok=True)
        if name.isdigit():
            draw_classes(place / directory, "", images=int(name))
        elif name:
            (place / directory / name).write_text("no image")


NO_DIRECTORIES = (
    "`photos` has no directories; make one for each class, with its images in it"
)
NO_CLASSES = (
    "`photos` has images and no directories; put those of each class into one of its own, or "
    "tell in a CSV file what each shows"
)
ONE, OTHERS = (
    "`photos{}` has one class, `{}`, and nothing to tell it from; {}",
    "add a directory for each other class",
)
FEW = (
    "`photos{}` has too few images of {}: a class needs {} at the least; add some ({}), or "
    "remove what is no class"
)
UNKNOWN = (
    "`photos/test` has cow, and `photos/train` has not; add images to learn from, or remove "
    "what cannot be learnt"
)
NO_IMAGES = f"`photos/test` has no images ({KINDS}) in directories of classes; add some, or remove it"
BAD = [f"{name}/{each}" for name in ("cow", "dog") for each in ("a", "b", "c")]
BAD = [path + (".jxl" if "cow" in path else ".png") for path in BAD]
NOT_OPENED = (
    "`photos` has no image of cow, dog that can be opened, e.g. `photos/cow/a.jxl`; replace "
    "such files, or remove what is no class"
)
UNREAD = "{} files cannot be read; convert them to JPEG or PNG, e.g. with {}"


def few(least, classes, part=""):
    """What is told of classes of less images than they need."""
    return FEW.format(part, classes, least, KINDS)


@pytest.mark.parametrize(
    ("spec", "faults", "remarks"),
    [
        ("", [NO_DIRECTORIES], []),
        ("notes.txt .cache/cat/3", [NO_DIRECTORIES], []),
        (
            "3",
            [NO_CLASSES],
            [],
        ),
        (
            "cat/3",
            [ONE.format("", "cat", OTHERS)],
            [],
        ),
        (
            "all/cat/3 all/dog/3",
            [ONE.format("", "all", "did you mean `photos/all`, which has 2?")],
            [],
        ),
        ("cat/3 dog/3 notes.txt dog/notes.txt", [], []),
        ("cat/3 dog/black/2 dog/white/1", [], []),
        ("cat/3 dog/2 cow/", [few(3, "cow (0), dog (2)")], []),
        (
            "cat/3 dog/a.dng dog/b.CR2",
            [few(3, "dog (0)")],
            [UNREAD.format(".cr2 and .dng", "rawpy")],
        ),
        (
            "cat/3 dog/3 dog/a.heic dog/b.HEIF dog/c.heic",
            [],
            [
                "of 9 images 3 cannot be opened: dog/a.heic, dog/b.HEIF, dog/c.heic",
                UNREAD.format(".heic and .heif", "pillow-heif"),
            ],
        ),
        (
            "cat/3 dog/a.png dog/b.png dog/c.png cow/a.jxl cow/b.jxl cow/c.jxl",
            [NOT_OPENED],
            [
                f"of 9 images 6 cannot be opened: {', '.join(BAD)}",
                UNREAD.format(".jxl", "pillow-jxl-plugin"),
            ],
        ),
        ("cat/3 dog/.1.png dog/2", [few(3, "dog (2)")], []),
        ("train/cat/3 train/dog/3", [], []),
        (
            "train/cat/2 train/dog/1 test/cat/1 test/dog/1",
            [few(2, "dog (1)", "/train")],
            [],
        ),
        ("train/cat/1 train/dog/1 test/cat/1 test/dog/1 val/cat/1 val/dog/1", [], []),
        (
            "train/cat/2 train/dog/2 valid/cat/1 valid/dog/",
            [],
            ["`photos/valid` has no images of dog"],
        ),
        (
            "train/cat/2 train/dog/2 train/cow/2 validation/cat/1",
            [],
            ["`photos/validation` has no images of cow, dog"],
        ),
        (
            "train/cat/2 train/dog/2 test/cat/1 test/cow/1 labels/",
            [UNKNOWN],
            [
                "`photos` has labels beside the parts: left out",
                "`photos/test` has no images of dog",
            ],
        ),
        (
            "train/cat/3 train/dog/3 test/3",
            [NO_IMAGES],
            ["`photos/test` has no images of cat, dog"],
        ),
        (
            "train/cat/3 train/dog/3 val/cat/1 val/dog/1 valid/cat/1 valid/dog/1",
            ["`photos` has val and valid; keep one of them"],
            [],
        ),
        ("train/3 bus/3", [], []),
        ("train/express/3 bus/3", [], []),
        ("train/3 test/3", [], []),
        (
            "train/cat/3 test/cat/3",
            [ONE.format("/train", "cat", OTHERS)],
            [],
        ),
    ],
)
def test_what_is_told(spec, faults, remarks, photos):
    """What cannot be learnt from, or may not be meant, is told with the way out."""
    tree(photos, spec)

    found = look_at(photos)

    assert ([*found.faults], [*found.remarks]) == (faults, remarks)


def test_other_directories(photos, tmp_path):
    """What is no directory, or cannot be read, is told as the system says it."""
    (tmp_path / "file").write_text("")
    draw_classes(photos, "cat", "dog")
    for link in ("loop", "dog/loop", "dog/loop.png"):
        (photos / link).symlink_to(Path(link).name)

    told = [look_at(Path(name)).faults for name in ("file", "nothing", "photos")]

    way_out = "name a directory with one for each class"
    assert told == [
        (f"`file` cannot be read: Not a directory; {way_out}",),
        (f"`nothing` cannot be read: No such file or directory; {way_out}",),
        (),
    ]


@given(
    head=st.sampled_from(MAGIC),
    tail=st.binary(max_size=60),
    suffix=st.sampled_from(["png", "jpg", "gif", "tiff", "webp", "heic"]),
)
def test_no_image(head, tail, suffix, fresh):
    """Whatever is in files that are called like images, it is told which cannot be opened."""
    place = fresh()
    draw_classes(place, "cat", "dog")
    for number in range(3):
        (place / "dog" / f"{number}.png").unlink()
        (place / "dog" / f"{number}.{suffix}").write_bytes(head + tail)

    found = look_at(place)

    assert len(found.sample.sizes) + len(found.sample.unreadable) == 6
    assert bool(found.sample.unreadable) == bool(found.faults) == bool(found.remarks)
