"""What there is to learn from: every image is read as a whole, which a training does not wait for."""

import os
from collections import Counter
from hashlib import sha256
from io import BytesIO
from multiprocessing.pool import ThreadPool
from statistics import median

from PIL import Image

from .folders import PARTS, look_at, parts_in
from .images import ERRORS, MOST_TOLD, SUFFIXES, reason
from .index import note_bad
from .report import new_figure

UNBALANCED = 10  # times as many images of one class as of another
MOST_DRAWN = 60  # of classes
READ_BY = {  # what reads images that Pillow does not
    **dict.fromkeys((".arw", ".cr2", ".cr3", ".dng", ".nef", ".orf"), "rawpy"),
    ".dcm": "pydicom",
    ".pdf": "pypdfium2",
    ".psd": "psd-tools",
    ".svg": "cairosvg",
}
KINDS = {"JPG": "JPEG", "MPO": "JPEG", "TIF": "TIFF", "HEIC": "HEIF"}


def check_data(data):
    """What there is at a path to learn from, and what is wrong with it, as plain data.

    What `problems` tells spoils a training, or its figures; what `notes` tells may be meant.
    """
    found, known = look(data)
    bad, first, sizes = dict(known), {}, []
    told = {"bad": bad, "leaks": [], "twice": [], "renamed": {}, "others": others(data)}
    with ThreadPool() as pool:
        for path, place, why, digest, kind, size in images_of(found, pool):
            if why:
                bad[path] = why
                continue
            sizes.append(size)
            suffix = os.path.splitext(path)[1][1:].upper()
            if KINDS.get(kind, kind) != KINDS.get(suffix, suffix):
                told["renamed"][path] = kind
            before, its_place = first.setdefault(digest, (path, place))
            if its_place != place:
                told["leaks"].append([before, path])
            elif before != path:
                told["twice"].append([before, path])
    note_bad(data, {path: bad[path] for path in bad.keys() - known.keys()})
    classes = classes_of(found, bad)
    return {
        "data": str(data),
        "images": len(found.images.ends),
        "classes": [each for group in classes for each in group],
        "sizes": {
            axis: [min(side), round(median(side)), max(side)]
            for axis, side in zip(("width", "height"), zip(*sizes))
        },
        **told,
        "problems": [*found.wrong, *problems(classes, told)],
        "notes": [*notes(classes, told)],
    }


def look(data):
    """What there is, and the files that are known to be bad already."""
    found = look_at(data)
    return found, {found.images.path(number): why for number, why in found.images.bad.items()}


def images_of(found, pool):
    """Each image's path, its part and class, and what `read` tells of it."""
    for part, classes in found.parts.items():
        for name, numbers in zip(found.class_names, classes):
            paths = map(found.images.path, numbers.tolist())
            for path, *told in pool.imap(read, paths, chunksize=16):
                yield path, (part, name), *told


def classes_of(found, bad):
    """How many images each class has in each part, and how many that cannot be read.

    They are a list, of the one output, in a list of all.
    """
    directory = found.images.directory
    places = [os.path.join(directory, place) for place in parts_in(directory).values()]
    wrong = Counter(
        os.path.relpath(path, place).split(os.sep)[0] for path in bad for place in places
    )
    classes = [
        {"class": name}
        | {part: len(classes[number]) for part, classes in found.parts.items()}
        | {"bad": wrong[name]}
        for number, name in enumerate(found.class_names)
    ]
    return [classes]


def firsts(found, bad):
    """The path of an image of each class."""
    first = {}
    for name, numbers in zip(found.class_names, found.parts["train"]):
        paths = map(found.images.path, numbers.tolist())
        if path := next((path for path in paths if path not in bad), None):
            first[name] = path
    return first


def read(path):
    """Why an image file cannot be read, or a hash of its content, its kind and its size."""
    try:
        with open(path, "rb") as file:
            content = file.read()
        with Image.open(BytesIO(content)) as image:
            image.load()
            return path, None, sha256(content).digest(), image.format, image.size
    except ERRORS as error:
        return path, reason(path, error), None, None, None


def draw(report, read, path):
    """Draw one image of each class of what was checked, as `read` gives it."""
    shown = [*firsts(look_at(report["data"]), report["bad"]).items()][:MOST_DRAWN]
    columns = min(6, len(shown)) or 1
    figure = new_figure(2 * columns, 2.3 * -(-len(shown) // columns) or 1)
    for number, (name, image) in enumerate(shown, start=1):
        axes = figure.add_subplot(-(-len(shown) // columns), columns, number)
        axes.imshow(read(image), cmap="gray", vmin=0, vmax=255)
        axes.set_title(name, fontsize=8)
        axes.axis("off")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)


def others(data):
    """How many files there are by suffixes that are none of images which are read."""
    found = Counter(
        os.path.splitext(name)[1].lower()
        for _, _, names in os.walk(data)
        for name in names
        if not name.startswith(".")
    )
    return {suffix: found[suffix] for suffix in sorted(found.keys() - SUFFIXES)}


def problems(classes, told):
    """What is to be mended, in words."""
    if len(classes[0]) < 2:
        yield f"there is {len(classes[0]) or 'no'} class, and nothing to tell apart"
    if told["bad"]:
        yield few("cannot be read", [f"{path}: {why}" for path, why in told["bad"].items()])
    if told["leaks"]:
        yield few("are in two parts or classes", dict.fromkeys(map(alike, told["leaks"])))


def alike(paths):
    """Paths of the same content; one, where it is the same file."""
    return " = ".join(dict.fromkeys(paths))


def notes(classes, told):
    """What may be meant, in words."""
    for group in classes:
        totals = {each["class"]: sum(each.get(part, 0) for part in PARTS) for each in group}
        if totals and max(totals.values()) > UNBALANCED * min(totals.values()):
            least, most = min(totals, key=totals.get), max(totals, key=totals.get)
            yield (
                f"`{most}` has {totals[most]} images and `{least}` {totals[least]}; "
                "add some, or train by `--class-weights`"
            )
    if told["twice"]:
        yield few("are there twice", map(alike, told["twice"]))
    if told["renamed"]:
        yield few(
            "are not what they are called", [f"{p} is {k}" for p, k in told["renamed"].items()]
        )
    for suffix, count in told["others"].items():
        way_out = (
            f"; convert them to JPEG or PNG, with {READ_BY[suffix]}" if suffix in READ_BY else ""
        )
        yield f"{count} files {suffix or 'without a suffix'} are not looked at{way_out}"


def few(what, lines):
    """What there is to say of how many images, and the first of them."""
    lines = list(lines)
    more = [f"  and {len(lines) - MOST_TOLD} more (--json)"] if len(lines) > MOST_TOLD else []
    return "\n".join(
        [f"{what} ({len(lines)}):", *(f"  {line}" for line in lines[:MOST_TOLD]), *more]
    )


def lines(report):
    """What was found, as a table, and in words."""
    columns = [key for key in report["classes"][0] if key != "class"] if report["classes"] else []
    width = max(map(len, ["class", *(each["class"] for each in report["classes"])]))
    yield f"{'class':{width}}  " + "  ".join(f"{each:>10}" for each in columns)
    for each in report["classes"]:
        yield f"{each['class']:{width}}  " + "  ".join(f"{each[key]:10}" for key in columns)
    for axis, side in report["sizes"].items():
        yield f"{axis} {side[0]} to {side[2]} pixels, {side[1]} in the middle"
    yield from report["problems"]
    yield from (f"note: {note}" for note in report["notes"])
    if not report["problems"]:
        yield f"nothing is wrong with {report['images']} images"
