"""Programs of other people against ``/v1`` of a real server: the official openai client and the promptfoo command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from service import accounts, keys
from service.kit import open_quiet_kit
from service.records import Role
from service.settings import read_settings
from tests.journeys.serving import Person, serving

pytestmark = pytest.mark.journey

EXERCISE = "tom-tat-cong-van-tiem-phong"
QUESTION = "Soạn thông báo của UBND xã Tân Hòa về lịch tiêm phòng, trước ngày 15 tháng 6 năm 2026."


@dataclass
class Door:
    url: str
    key: str
    model: str


@pytest.fixture(scope="module")
def door(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    import openai  # takes a second and a half, which every process of the tests would pay

    data = tmp_path_factory.mktemp("clients") / "data"
    shutil.copytree(stocked, data)
    with closing(open_quiet_kit(read_settings({}, data=data))) as kit:
        trainer = accounts.create_user(kit, "thu", "Thu", Role.TRAINER, "thu-mat-khau")
        _, secret = keys.create(kit, trainer, "chương trình")
    with serving(data) as server:
        url = server.url + "/v1"
        with openai.OpenAI(base_url=url, api_key=secret) as client:
            yield Door(url, secret, client.models.list().data[0].id)


def test_the_openai_client_talks_and_streams(door: Door) -> None:
    import openai  # takes a second and a half, which every process of the tests would pay

    with openai.OpenAI(base_url=door.url, api_key=door.key) as client:
        asked = {"model": door.model, "messages": [{"role": "user", "content": QUESTION}], "max_tokens": 40}
        client.chat.completions.create(**asked | {"max_tokens": 1})  # from now on the prompt need not be read again
        whole = client.chat.completions.create(**asked)
        pieces = client.chat.completions.create(**asked, stream=True, stream_options={"include_usage": True})
        chunks = list(pieces)
    text = whole.choices[0].message.content
    assert text and whole.usage and whole.usage.completion_tokens == 40
    assert whole.choices[0].finish_reason == "length"
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices) == text
    assert chunks[-1].usage and chunks[-1].usage.completion_tokens == 40


def test_the_openai_client_understands_refusals(door: Door) -> None:
    import openai  # takes a second and a half, which every process of the tests would pay

    messages = [{"role": "user", "content": QUESTION}]
    with openai.OpenAI(base_url=door.url, api_key="hv-sai") as stranger, pytest.raises(openai.AuthenticationError):
        stranger.models.list()
    with openai.OpenAI(base_url=door.url, api_key=door.key) as client:
        with pytest.raises(openai.NotFoundError, match="gpt-4o"):
            client.chat.completions.create(model="gpt-4o", messages=messages)
        with pytest.raises(openai.UnprocessableEntityError):
            client.chat.completions.create(model=door.model, messages=messages, max_tokens=90_000)
        with pytest.raises(openai.BadRequestError) as caught:
            client.chat.completions.create(model=door.model, messages=messages, n=3)
        assert caught.value.param == "n"


def promptfoo() -> list[str]:
    """How promptfoo is started: by the Node.js that npm brought along with it, else by the system's."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hocvu" / "promptfoo"
    entry = folder / "node_modules" / "promptfoo" / "dist" / "src" / "entrypoint.js"
    node = folder / "node_modules" / "node" / "bin" / "node"
    if entry.is_file() and node.is_file():
        return [str(node), str(entry)]
    if found := shutil.which("promptfoo"):
        return [found]
    pytest.skip("no promptfoo on this machine; .ci/run installs it")


def test_promptfoo_runs_an_experiment_of_ours(door: Door, tmp_path: Path) -> None:
    """The configuration of an experiment as it is downloaded; only the answers are cut short here."""
    command = promptfoo()
    with closing(Person(door.url.removesuffix("/v1"), "thu", "thu-mat-khau")) as thu:
        page = f"/exercises/{EXERCISE}"
        attempt = thu.send_form(page, f"{page}/attempts", prompt="Tóm tắt {{công văn}} này, không quá 100 tiếng.")
        desk = f"{attempt.url.path}/experiments"
        settings = {"kind": "settings", "temperature-1": "0.0", "temperature-2": "0.7"}
        experiment = thu.send_form(desk, desk, **settings).url.path
        thu.send_form(experiment, f"{experiment}/stop")
        config = yaml.safe_load(thu.get(f"{experiment}/file?form=yaml").text)
    for provider in config["providers"]:
        provider["config"]["max_tokens"] = 30
    (tmp_path / "promptfooconfig.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    quiet = {f"PROMPTFOO_DISABLE_{what}": "1" for what in ("TELEMETRY", "UPDATE", "SHARING")}
    environ = os.environ | quiet | {"PROMPTFOO_CONFIG_DIR": str(tmp_path / "config"), "OPENAI_API_KEY": door.key}
    done = subprocess.run(
        [*command, "eval", "-c", "promptfooconfig.yaml", "-o", "out.json", "--no-cache", "--filter-first-n", "1"],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (tmp_path / "out.json").is_file(), done.stdout + done.stderr
    results = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["results"]
    assert (len(results["results"]), results["stats"]["errors"]) == (2, 0), done.stdout
    for row in results["results"]:
        assert row["response"]["output"] and "{{công văn}} này" in row["prompt"]["raw"]
        judged = [one["assertion"]["type"] for one in row["gradingResult"]["componentResults"]]
        assert judged == [one["type"] for one in config["tests"][0]["assert"]] and "word-count" in judged
