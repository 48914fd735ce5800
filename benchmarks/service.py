"""Images per second of a generated project's service against its own `predict`."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from sklearn.datasets import load_digits

from benchmarks.children import output, program, script, talk_to
from benchmarks.paired import Row, alternate, compared
from tests.served import answers, request

IMAGES, IN_FLIGHT = 1024, 500


def service(workspace: Path, repeats: int) -> Iterator[Row]:
    """As many images by requests, of which 500 are in flight, and by what the command calls.

    Client and service share the cores, which the command has alone.
    """
    project, folder = workspace / "digits", workspace / "images"
    output(
        *(program("scaffold"), "new", project, "--defaults", "--no-smoke", "--no-git"),
        *("--with", "serve"),
    )
    source = {"PYTHONPATH": str(project / "src")}
    runs = workspace / "runs"
    cli = [*script("project_command.py"), "digits"]
    output(*cli, "train", "--epochs", 1, "--directory", runs, **source)
    folder.mkdir()
    for number, digit in enumerate(load_digits().images[:IMAGES].astype("uint8")):
        Image.fromarray(15 * digit).resize((28, 28)).save(folder / f"{number}.png")
    files = [(path.name, path.read_bytes()) for path in folder.iterdir()]

    serve = [*cli, "serve", "--port", 0, "--directory", runs]
    predict = [*script("project_predict.py"), "digits", runs, folder]
    with talk_to(*serve, **source) as server, talk_to(*predict, **source) as command:
        try:
            port = int(re.search(r":(\d+)/predict$", server.stdout.readline())[1])

            def told() -> float:
                print(file=command.stdin, flush=True)
                done = json.loads(command.stdout.readline())
                assert done["images"] == IMAGES
                return IMAGES / done["seconds"]

            for each in (1, 8, 32):
                requests = [request(files[at : at + each]) for at in range(0, IMAGES, each)]

                def served(requests: list[bytes] = requests) -> float:
                    start = time.perf_counter()
                    given = asyncio.run(answers(port, requests, IN_FLIGHT))
                    assert {answer.status for answer in given} == {200}
                    return IMAGES / (time.perf_counter() - start)

                what = f"serve / predict, requests of {each}"
                yield compared(what, alternate(served, told, repeats), "images/s")
        finally:
            server.terminate()
