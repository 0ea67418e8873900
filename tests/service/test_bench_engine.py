"""The measure of the engine: every contestant answers the same class, and the ratios are those of what was measured."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.bench import engine as engine_module, random_gguf
from service.bench.asking import Run
from service.cli import main
from service.records import Options
from tests.service.engine_bundled import MODEL_PATH, conversation, opened, said

SMALL = ("--people", "3", "--shared", "60", "--own", "8", "--write", "4", "--seats", "2")
SERVER = f"""#!{sys.executable}
# a fake llama-server: it answers with as many tokens as it is asked for
import json, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
seen = set()

class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = str(asked["prompt"]) in seen
        seen.add(str(asked["prompt"]))
        self.send_response(200)
        self.end_headers()
        timings = {{"prompt_n": 1 if known else len(asked["prompt"]), "predicted_n": asked["n_predict"]}}
        for event in ({{"content": "x", "stop": False}}, {{"content": "", "stop": True, "timings": timings}}):
            self.wfile.write(b"data: " + json.dumps(event).encode() + b"\\n\\n")

port = int(sys.argv[sys.argv.index("--port") + 1])
ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several threads of so small a model would only wait for each other, beside the other tests for seconds."""
    monkeypatch.setattr(engine_module, "physical_cores", lambda: 1)


def measured(*arguments: str) -> dict[str, object]:
    done = CliRunner().invoke(main, ["bench", "engine", "--model", str(MODEL_PATH), *SMALL, "--json", *arguments])
    assert done.exit_code == 0, done.output
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_all_answer_the_same_class() -> None:
    found = measured("--only", "class", "--only", "llama", "--only", "floor")
    runs = {run["name"]: run for run in found["runs"]}  # type: ignore[attr-defined]
    cold, warm, llama, floor = (runs[name] for name in ("ours cold", "ours warm", "llama_cpp.Llama", "floor"))
    assert llama["read_tokens"] == floor["read_tokens"]
    assert 0 <= cold["read_tokens"] - floor["read_tokens"] < 3 * 8  # who would wait for less than 8 tokens reads them
    assert warm["read_tokens"] == 3
    ratios: dict[str, float] = found["ratios"]  # type: ignore[assignment]
    assert ratios["llama_one_at_a_time"] == pytest.approx(cold["total_s"] / llama["total_s"], abs=0.001)
    assert ratios["raw_floor"] == pytest.approx(cold["tokens_per_s"] / floor["tokens_per_s"], abs=0.01)
    assert ratios["server_cold"] is None


def test_rounds_are_taken_in_turns_and_the_fastest_counts() -> None:
    found = measured("--only", "floor", "--only", "llama", "--rounds", "2")
    names = [run["name"] for run in found["runs"]]  # type: ignore[attr-defined]  # JSON: a list of objects
    assert names == ["llama_cpp.Llama", "floor"] * 2
    measure = engine_module.Measure(MODEL_PATH, 3, 60, 8, 4, 2)
    measure.runs = [Run("floor", seconds, 1.0, 0.1, 0.1, 9, 9) for seconds in (3.0, 2.0, 4.0)]
    assert measure._run("floor") == measure.runs[1]


def test_one_person_is_measured_both_ways() -> None:
    ratios: dict[str, float] = measured("--only", "single", "--only", "prefix")["ratios"]  # type: ignore[assignment]
    assert min(ratios["single_tokens_per_s"], ratios["single_ttft"], ratios["prefix_ttft"]) > 0


def test_texts_are_held_against_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"COPYING": engine_module.COPYING[:2], "COPIED": 20, "TIED": 20, "TIED_ROOMS": 2}.items():
        monkeypatch.setattr(engine_module, name, value)
    found = measured("--only", "lookup", "--only", "ties")
    assert found["ratios"]["lookup"] > 0  # type: ignore[index]
    assert found["lookup_texts_not_the_models"] == "0/2"
    assert (found["texts_written_together"], found["parted_otherwise"]) == (4, 0)


def test_a_server_is_started_asked_and_stopped(tmp_path: Path) -> None:
    program = tmp_path / "llama-server"
    program.write_text(SERVER, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    asked = ("--only", "server", "--llama-server", str(program))
    found = measured("--only", "class", *asked)
    runs = {run["name"]: run for run in found["runs"]}  # type: ignore[attr-defined]
    assert {f"llama-server -np {n} {how}" for n in (1, 2, 3, 4, 8) for how in ("cold", "warm")} <= set(runs)
    few = [run["name"] for run in measured(*asked, "--slots", "2")["runs"]]  # type: ignore[attr-defined]
    assert few == ["llama-server -np 2 cold", "llama-server -np 2 warm"]
    assert runs["llama-server -np 3 warm"]["read_tokens"] == 3
    assert found["server_best_run"] in runs


def test_a_server_that_does_not_start_is_told(tmp_path: Path) -> None:
    program = tmp_path / "llama-server"
    program.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    asked = ["bench", "engine", "--model", str(MODEL_PATH), *SMALL, "--only", "server", "--llama-server", str(program)]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 1
    assert "llama-server không chạy được" in done.stderr


def test_a_random_model_is_a_model(tmp_path: Path) -> None:
    path = tmp_path / "random.gguf"
    shape = random_gguf.Shape(layers=2, width=64, heads=2, kv_heads=1, head=32, forward=128, tokens=9000)
    random_gguf.write(path, shape, MODEL_PATH)
    with opened(path, lookup=False) as engine:
        _, finish = said(engine.stream(conversation(), Options(max_tokens=8)))
        assert finish.prompt_tokens > 20
        assert finish.answer_tokens == 8
