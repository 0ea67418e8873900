"""A whole run opens no connection and looks up no name.

Blocking proves nothing, since libraries swallow the failure; so every ``connect`` and ``getaddrinfo`` of the process,
Python's and native code's alike, is recorded by a small library that is loaded before the C library.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.files import save_tiny_embedder
from tests.journeys import serving
from tests.journeys.serving import Person

pytestmark = [pytest.mark.journey, pytest.mark.skipif(sys.platform != "linux", reason="LD_PRELOAD is Linux's")]

RECORDER = r"""
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

static void note(const char *what, const char *whom) {
    FILE *log = fopen(getenv("RECORD_CONNECTIONS"), "a");
    if (log) { fprintf(log, "%s %s\n", what, whom ? whom : "-"); fclose(log); }
}

int connect(int fd, const struct sockaddr *to, socklen_t size) {
    char name[INET6_ADDRSTRLEN] = "";
    if (to->sa_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)to)->sin_addr, name, sizeof name);
        note("connect", name);
    } else if (to->sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)to)->sin6_addr, name, sizeof name);
        note("connect", name);
    }
    return ((int (*)(int, const struct sockaddr *, socklen_t))dlsym(RTLD_NEXT, "connect"))(fd, to, size);
}

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    note("getaddrinfo", host);
    typedef int (*original)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    return ((original)dlsym(RTLD_NEXT, "getaddrinfo"))(host, service, hints, found);
}
"""


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recorder")
    (folder / "recorder.c").write_text(RECORDER)
    library = folder / "recorder.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, folder / "recorder.c", "-ldl"], check=True)
    return library


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny sentence-transformers model made on the spot, so that its loading is part of the run."""
    return save_tiny_embedder(tmp_path_factory.mktemp("embedder"))


def allowed(line: str) -> bool:
    """Numbers are not looked up anywhere: waitress turns the addresses it may listen on into sockets this way."""
    return line in {"getaddrinfo 127.0.0.1", "getaddrinfo 0.0.0.0"}


def test_the_recorder_records(recorder: Path, tmp_path: Path) -> None:
    """What is to be proved absent must be seen when it is there."""
    log = tmp_path / "log"
    code = "import socket\ntry: socket.create_connection(('127.0.0.1', 9), timeout=1)\nexcept OSError: pass"
    subprocess.run(
        [sys.executable, "-c", code], env={"LD_PRELOAD": str(recorder), "RECORD_CONNECTIONS": str(log)}, check=True
    )
    assert log.read_text().splitlines() == ["getaddrinfo 127.0.0.1", "connect 127.0.0.1"]


def test_a_whole_run_opens_no_connection(recorder: Path, embedder: Path, stocked: Path, tmp_path: Path) -> None:
    log, data = tmp_path / "connections", tmp_path / "data"
    log.touch()
    shutil.copytree(stocked, data)
    password = serving.add_user(data, "lan", "learner")
    watch = {"LD_PRELOAD": str(recorder), "RECORD_CONNECTIONS": str(log), "HOCVU_EMBEDDER": str(embedder)}
    with serving.serving(data, watch) as server, closing(Person(server.url, "lan", password)) as person:
        token = person.token("/documents")
        text = "THÔNG BÁO\nVề việc nghỉ Tết\n" + "Nội dung được viết dài thêm cho đủ.\n" * 20
        files = {"file": ("nghi-tet.txt", text.encode(), "text/plain")}
        person.post("/documents", data={"csrf_token": token}, files=files)
        prompt = "Tóm tắt công văn cho Chủ tịch UBND xã, không quá 150 tiếng."
        path = "/exercises/tom-tat-cong-van-tiem-phong"
        page = person.send_form(path, f"{path}/attempts", prompt=prompt)
        attempt = re.search(r"/attempts/(\d+)", str(page.url))[1]  # type: ignore[index]
        assert [name for name, _data in person.events(int(attempt))][-1] == "finish"
        draft = person.send_form(f"/attempts/{attempt}", f"/attempts/{attempt}/drafts")
        person.tick_all(draft.url.path)
        assert person.get(f"{draft.url.path}/docx").content[:2] == b"PK"
        seen = person.get("/state").text
        assert seen
    assert [line for line in log.read_text().splitlines() if not allowed(line)] == []
