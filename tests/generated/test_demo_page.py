"""The page that `demo` opens, in a browser: what it shows is what `predict` says."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from base64 import b64encode

import numpy as np
import pytest
from PIL import Image

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template
from tests.processes import wait_for

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = """
--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync
""".split()
TRANSFER = """([name, content]) => {
    const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], name, {type: "image/" + name.split(".").pop()}));
    return files;
}"""
"""Makes what a browser has in its hand while a file is dragged."""
TOLD = re.compile(r"(\w+) \(([\d.]+)%\)")
pytestmark = [
    pytest.mark.long,
    pytest.mark.process,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium here; `apt-get install chromium`"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Tells what a project's command says; each network is trained for one epoch."""
    made = {}

    def command(preset, *arguments, **options):
        if preset not in made:
            made[preset] = tmp_path_factory.mktemp(preset)
            given = {
                "name": "net",
                "preset": preset,
                "style": "functional",
                "with": ["demo"],
            }
            with open_template() as template:
                answers = check_answers(given, template.questions)
                render(template, answers, made[preset] / "net")
            command(preset, "train", "--epochs", "1").communicate()
        return subprocess.Popen(
            [sys.executable, "-m", "net.cli", *map(str, arguments)],
            cwd=made[preset],
            env={**os.environ, "PYTHONPATH": str(made[preset] / "net" / "src")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    return command


@pytest.fixture
def opened(project):
    """Opens the page of a project; gives its address."""
    running = []

    def address(preset):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        running.append(project(preset, "demo", "--port", port))
        return running[-1].stdout.readline().split()[4]

    yield address
    for process in running:
        process.send_signal(2)
        _, told = process.communicate(timeout=30)
        assert (process.returncode, told) == (130, "net: the page is closed\n")


@pytest.fixture
def browser():
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def dropped(page, *paths):
    """What the page says in words of files, one for each of its places."""
    before = page.get_by_label("what it says").input_value()
    places = page.locator("button:has(input[type=file])")
    for number, path in enumerate(paths):
        content = b64encode(path.read_bytes()).decode()
        files = page.evaluate_handle(TRANSFER, [path.name, content])
        places.nth(number).dispatch_event("drop", {"dataTransfer": files})
        page.get_by_role("button", name="Remove Image").nth(number).wait_for()
    words = page.get_by_label("what it says")
    last = paths[-1].name
    return wait_for(
        lambda: (said := words.input_value()) != before and last in said and said
    )


@pytest.fixture
def images(tmp_path):
    """Files of noise: a photo in print's colours, a turned one, and one of 16 bits."""
    pixels = np.random.default_rng(0).integers(0, 256, (30, 20, 3), dtype="uint8")
    image, exif = Image.fromarray(pixels), Image.Exif()
    exif[274] = 6
    image.save(tmp_path / "turned.jpg", exif=exif)
    image.convert("CMYK").save(tmp_path / "print.jpg")
    Image.fromarray(pixels[..., 0].astype("uint16") * 256).save(tmp_path / "deep.png")
    return [tmp_path / name for name in ("turned.jpg", "print.jpg", "deep.png")]


def predicted(project, preset, *rows):
    """What `predict` says of rows of files, a line each, by their names without the paths."""
    paths = [path for row in rows for path in row]
    told, _ = project(preset, "predict", "--top", 5, *paths).communicate()
    return told.replace(f"{paths[0].parent}{os.sep}", "").splitlines()


def shares(page):
    """What the page shows of classes, and in how many percent it believes in each."""
    bars = page.locator("[data-testid$=confidence-set]").all_inner_texts()
    return {name: int(share.rstrip("%")) for name, share in map(str.split, bars)}


@pytest.mark.parametrize(("preset", "inputs"), [("final-model", 1), ("siamese", 2)])
def test_page(preset, inputs, images, opened, browser, project):
    """It says what `predict` says, shows it as bars, and gets nothing from elsewhere."""
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    address = opened(preset)
    page.goto(address)

    rows = [[images[0], path][-inputs:] for path in images]

    for row, expected in zip(rows, predicted(project, preset, *rows), strict=True):
        said = dropped(page, *row)

        assert said == expected
        told = {name: float(share) for name, share in TOLD.findall(said)}
        assert shares(page) == pytest.approx(told, abs=0.6)
        page.locator("img").nth(inputs).wait_for()  # where it looks
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_bad_image(images, opened, browser):
    """A file that is no image is told in a sentence, and what was said before is gone."""
    page = browser.new_page()
    page.goto(opened("final-model"))
    dropped(page, images[0])
    bad = images[0].with_name("bad.png")
    bad.write_text("no image")

    said = dropped(page, bad)

    assert said == "`bad.png` cannot be read: it is no image, or is damaged"
    assert shares(page) == {}


def test_two_at_once(images, opened, browser):
    """What is dropped in one browser is told in that one."""
    address = opened("final-model")
    pages = [browser.new_context().new_page() for _ in images]
    for page in pages:
        page.goto(address)
    for page, path in zip(pages, images, strict=True):
        page.locator("input[type=file]").set_input_files(path)

    for page, path in zip(pages, images, strict=True):
        said = f"{path.name}: "
        page.wait_for_function(
            f"document.querySelector('textarea').value.startsWith('{said}')"
        )


def test_an_image_is_missing(images, opened, browser):
    """Of several images those are named that are still to be dropped."""
    page = browser.new_page()
    page.goto(opened("siamese"))
    words = page.get_by_label("what it says")

    first = words.input_value()
    page.locator("input[type=file]").first.set_input_files(images[0])

    assert first == "waiting for left and right"
    assert wait_for(lambda: words.input_value() == "waiting for right")
