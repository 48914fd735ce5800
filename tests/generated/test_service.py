"""The service of a generated project under load: all is answered, bad requests among them."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from keras_scaffold.answers.answers import check_answers
from keras_scaffold.projects.rendering import render
from keras_scaffold.templates.fetching import open_template
from tests.served import answer, answers, request

IN_FLIGHT = 500
IMAGES = 64
BAD = {
    b"GET /nothing HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n": 404,
    b"GET /predict HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n": 405,
    b"POST /predict HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 0\r\n\r\n": 422,
    request([("text.png", b"text")]): 422,
    request([("a.png", b"")]): 422,
    request([]): 422,
    request([("a.png", b"text")] * 33): 413,
    request([("large.png", bytes(17_000_000))]): 413,
}
"""Requests that are refused, and by what status."""


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """Starts a service, of a run of a few steps; gives its process and its port."""
    place = tmp_path_factory.mktemp("service")
    with open_template() as template:
        given = {
            "name": "net",
            "style": "functional",
            "blocks": "cnn(8) maxpool(4) flatten",
        }
        answers = check_answers({**given, "with": ["serve"]}, template.questions)
        render(template, answers, place)
    environment = {**os.environ, "PYTHONPATH": str(place / "src")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    processes = []

    def command(*words):
        process = subprocess.Popen(
            [sys.executable, "-m", "net.cli", *words],
            cwd=place,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    def service():
        process = command("serve", "--port", "0")
        return process, int(re.search(r":(\d+)/predict$", process.stdout.readline())[1])

    training = command("train", "--epochs", "1", "--limit", "96")
    told, why = training.communicate()
    assert training.returncode == 0, told + why
    yield service
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def service(start):
    """A service that tests share: its process and its port."""
    return start()


@pytest.fixture(scope="module")
def images():
    """Files of images that differ, by their names."""
    random = np.random.default_rng(0)
    files = {}
    for number in range(IMAGES):
        file = BytesIO()
        pixels = random.integers(256, size=(28, 28), dtype="uint8")
        Image.fromarray(pixels).save(file, "png")
        files[f"{number}.png"] = file.getvalue()
    return files


def told_once(port, images):
    """What the service says of each image, asked one after the other."""
    requests = [request([image]) for image in images.items()]
    return [asyncio.run(answer(port, each)).body["predictions"] for each in requests]


@pytest.mark.long
@pytest.mark.process
def test_many_in_flight(service, images):
    """Each of 500 requests in flight gets its own answer, while bad ones get theirs."""
    process, port = service
    expected = told_once(port, images)
    good = [request([image]) for image in images.items()] * 32
    mixed = [*good]
    for place, bad in enumerate([*BAD] * 8):
        mixed.insert(31 * place, bad)

    given = asyncio.run(answers(port, mixed, IN_FLIGHT))

    at = dict(zip(good, expected * 32, strict=True))
    for sent, got in zip(mixed, given, strict=True):
        if sent in BAD:
            assert got.status in (BAD[sent], 0), got
            assert got.status or len(sent) > 10**6  # what is too large may be cut short
        else:
            assert got.status == 200
            assert rounded(got.body["predictions"]) == rounded(at[sent])
    assert process.poll() is None


def rounded(predictions):
    """Predictions whose numbers do not tell how many images were told together."""
    return [
        {
            name: f"{value:.3g}" if isinstance(value, float) else value
            for name, value in each.items()
        }
        for each in predictions
    ]


@pytest.mark.long
@pytest.mark.process
def test_more_than_may_wait(service, images):
    """What is above the limit is refused with 503, the rest is answered, and then all again."""
    _, port = service
    requests = [request([image]) for image in images.items()] * 64

    given = Counter(each.status for each in asyncio.run(answers(port, requests, 3000)))
    after = asyncio.run(answer(port, requests[0]))

    assert given.keys() == {200, 503}
    assert given[200] >= 1024
    assert after.status == 200


@pytest.mark.process
def test_clients_that_go_away(service, images):
    """Half a request, noise, and clients that do not wait for an answer harm nobody."""
    _, port = service
    whole = request([*images.items()][:4])

    async def leave(sent):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        await writer.drain()
        writer.close()

    async def all_of_them():
        await asyncio.gather(
            *(leave(whole[: len(whole) * part // 50]) for part in range(1, 51)),
            *(leave(os.urandom(1000)) for _ in range(20)),
        )
        return await answer(port, whole)

    assert asyncio.run(all_of_them()).status == 200


@pytest.mark.long
@pytest.mark.process
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_end_under_load(start, images, number):
    """All that has begun is answered, nothing else is, and the exit code is 0."""
    process, port = start()
    requests = [request([image]) for image in images.items()] * 100

    async def ended_amid():
        asked = asyncio.create_task(answers(port, requests, IN_FLIGHT))
        await asyncio.sleep(2)
        process.send_signal(number)
        return await asked

    given = Counter(each.status for each in asyncio.run(ended_amid()))

    told, why = process.communicate(timeout=60)
    assert given.keys() == {0, 200}
    assert given[200] >= 100
    assert (process.returncode, told) == (0, "ended, with all requests answered\n")
    assert "Traceback" not in why
