"""A llama-server of one's own for a measurement: started, asked by many, stopped. Plain HTTP on this machine."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from service.bench.asking import Answer
from service.errors import BadInput
from service.settings import unshared_cores

_START = 180.0  # seconds until it must have loaded the model


@contextmanager
def running(program: Path, model: Path, *, slots: int, cells: int, threads: int) -> Iterator[int]:
    """A server with so many slots over one shared cache of ``cells`` tokens; yields its port, ready to be asked."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        port = int(door.getsockname()[1])
    command = [str(program), "-m", str(model), "--host", "127.0.0.1", "--port", str(port), "-np", str(slots)]
    command += ["-c", str(cells), "-t", str(threads), "--kv-unified", "--no-webui", "--log-disable"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=unshared_cores())  # noqa: S603
    try:
        deadline = time.monotonic() + _START
        while not _healthy(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise BadInput("llama-server không chạy được với mô hình này. Phép đo chưa xong.")
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def ask(port: int, prompt: Sequence[int], write: int) -> Answer:
    """One answer, streamed, greedy."""
    body = {
        "prompt": list(prompt),
        "n_predict": write,
        "temperature": 0.0,
        "cache_prompt": True,
        "stream": True,
    }
    started = time.perf_counter()
    first = 0.0
    end: dict[str, int] = {}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=1800)) as connection:
        connection.request("POST", "/completion", json.dumps(body), {"Content-Type": "application/json"})
        for line in connection.getresponse():
            if line.startswith(b"data: ") and line[6:7] == b"{":
                event = json.loads(line[6:])
                first = first or time.perf_counter() - started
                if event.get("stop"):
                    end = event["timings"]
    read = int(end["prompt_n"])
    return Answer(first, time.perf_counter() - started, int(end["predicted_n"]), read, len(prompt) - read)


def _healthy(port: int) -> bool:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
    except OSError:
        return False
