"""An engine is opened by its name, and nothing heavy is imported before."""

from __future__ import annotations

import subprocess
import sys

import pytest

from service.engines import open_engine
from service.engines.base import ENGINES
from service.errors import SettingError
from service.kit import bundled, engine_options
from service.settings import Settings


@pytest.mark.parametrize(("name", "options"), [("llama", {"model_path": None}), ("scripted", {"answers": ["Chào."]})])
def test_every_engine_opens_by_its_name(name: str, options: dict[str, object]) -> None:
    engine = open_engine(name, **options)
    assert engine.name == name
    engine.close()


def test_an_unknown_name_is_a_setting_error_that_says_what_is_allowed() -> None:
    with pytest.raises(SettingError, match=r"ENGINE = 'gpt'.*llama, openai_server, scripted"):
        open_engine("gpt")


def test_importing_the_engines_imports_nothing_heavy() -> None:
    modules = {target.partition(":")[0] for target in ENGINES.values()}
    program = f"""
import importlib, sys
for module in {sorted(modules)!r}:
    importlib.import_module(module)
from service.engines import open_engine
open_engine("llama", model_path=None).close()
print(sorted({{"llama_cpp", "numpy", "torch", "flask"}} & set(sys.modules)))
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_the_model_in_the_box_is_opened_with_the_hash_it_should_have(settings: Settings) -> None:
    assert engine_options(settings)["sha256"] == bundled()["sha256"]
