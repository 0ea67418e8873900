"""Models as they come: the forms of the Qwen, Gemma and Llama families, read from a GGUF, and what goes to a GPU."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from service.bench import random_gguf
from service.engines.llama.native import llama
from service.records import Message, Options
from tests.service.engine_bundled import MODEL_PATH, PIECES, model_of, opened, said

TALK = [
    Message("system", "Viết ngắn, đúng thể thức, không thêm số liệu ngoài tài liệu kèm theo."),
    Message("user", "Chào."),
]
SHAPE = random_gguf.Shape(layers=1, width=64, heads=2, kv_heads=1, head=32, forward=64, tokens=PIECES)

QWEN = """{%- for message in messages -%}
<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor -%}
{%- if add_generation_prompt -%}
<|im_start|>assistant
{% if enable_thinking is defined and enable_thinking is false %}<think>

</think>

{% endif %}{%- endif -%}"""
GEMMA = """{{ bos_token }}{%- if messages[0]['role'] == 'system' -%}
{%- set first = messages[0]['content'] + '\\n\\n' -%}{%- set rest = messages[1:] -%}
{%- else -%}{%- set first = '' -%}{%- set rest = messages -%}{%- endif -%}
{%- for message in rest -%}
{%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}{{ raise_exception('no') }}{%- endif -%}
<start_of_turn>{{ 'model' if message['role'] == 'assistant' else message['role'] }}
{{ first if loop.first else '' }}{{ message['content'] | trim }}<end_of_turn>
{% endfor -%}
{%- if add_generation_prompt -%}<start_of_turn>model
{% endif -%}"""
LLAMA = """{{- bos_token }}
{%- if not tools is defined %}{%- set tools = none %}{%- endif %}
{%- for message in messages %}
{{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' }}
{%- if loop.first and message['role'] == 'system' and tools is not none %}{{- 'Tools: ' + tools | tojson }}{%- endif %}
{{- message['content'] | trim + '<|eot_id|>' }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{%- endif %}"""

FAMILIES = {
    "qwen": (
        QWEN,
        "<|im_start|>system\n{0}<|im_end|>\n<|im_start|>user\n{1}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
    ),
    "gemma": (GEMMA, "{bos}<start_of_turn>user\n{0}\n\n{1}<end_of_turn>\n<start_of_turn>model\n"),
    "llama": (
        LLAMA,
        "{bos}<|start_header_id|>system<|end_header_id|>\n\n{0}<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n{1}"
        "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    ),
}
"""Templates written in the manner of each family, and what a conversation looks like in it."""


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_spoken_to_in_its_form_with_thinking_off(tmp_path: Path, family: str) -> None:
    template, form = FAMILIES[family]
    path = tmp_path / f"{family}.gguf"
    random_gguf.write(path, SHAPE, MODEL_PATH, more={"tokenizer.chat_template": random_gguf.text(template)})
    with opened(path, lookup=False) as engine:
        model = model_of(engine)
        expected = form.format(*(message.content for message in TALK), bos=model.vocabulary.bos)
        assert model.template.render(TALK) == expected
        assert said(engine.stream(TALK, Options(max_tokens=3)))[1].answer_tokens <= 3
        other = [TALK[0], Message("user", "Soạn giấy mời họp.")]
        shared = said(engine.stream(other, Options(max_tokens=1)))[1].shared_tokens
        assert shared >= len(model.vocabulary.tokenise(TALK[0].content))  # the system's text comes before the person's


class Offloading:
    """llama.cpp as a build with a GPU would be, whose memory is too small for all layers: a fake."""

    def __init__(self, native: ModuleType, fits: int) -> None:
        self._native, self._fits = native, fits
        self.tried: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._native, name)

    def llama_supports_gpu_offload(self) -> bool:
        return True

    def llama_model_load_from_file(self, path: bytes, params: Any) -> Any:
        self.tried.append(params.n_gpu_layers)
        if not 0 <= params.n_gpu_layers <= self._fits:
            return None
        return self._native.llama_model_load_from_file(path, params)


@pytest.mark.parametrize(("fits", "tried"), [(99, [-1, 12]), (0, [-1, 12, 0])])
def test_what_does_not_fit_into_the_gpu_stays_with_the_processor(
    monkeypatch: pytest.MonkeyPatch, fits: int, tried: list[int]
) -> None:
    native = Offloading(llama(), fits)
    monkeypatch.setattr("service.engines.llama.model.llama", lambda: native)
    with opened(seats=1) as engine:
        assert native.tried == tried
        assert said(engine.stream(TALK, Options(max_tokens=3)))[1].answer_tokens == 3
