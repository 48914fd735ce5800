"""Requests to the service of a generated project, many of them in flight at the same time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

BOUNDARY = b"a-boundary"


@dataclass(frozen=True)
class Answer:
    """What came of a request: 0 where no answer did."""

    status: int
    body: Any = None


def request(images: Sequence[tuple[str, bytes]], path: str = "/predict") -> bytes:
    """A request of images, each with its name, by a connection of its own."""
    parts = [
        b"--%s\r\ncontent-type: image/png\r\n" % BOUNDARY
        + b'content-disposition: form-data; name="image"; filename="%s"\r\n\r\n'
        % name.encode()
        + image
        for name, image in images
    ]
    body = b"\r\n".join([*parts, b"--%s--\r\n" % BOUNDARY])
    head = (
        f"POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
        f"content-type: multipart/form-data; boundary={BOUNDARY.decode()}\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def answer(port: int, sent: bytes) -> Answer:
    """What a service says, once all was sent."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(sent)
            await writer.drain()
            received = await reader.read()
        finally:
            writer.close()
    except OSError:
        return Answer(0)
    head, _, body = received.partition(b"\r\n\r\n")
    return Answer(int(head.split()[1]), json.loads(body)) if head else Answer(0)


async def answers(port: int, requests: Sequence[bytes], in_flight: int) -> list[Answer]:
    """What a service says to each of many requests, so many of them at a time."""
    gate = asyncio.Semaphore(in_flight)

    async def one(sent: bytes) -> Answer:
        async with gate:
            return await answer(port, sent)

    return await asyncio.gather(*map(one, requests))
