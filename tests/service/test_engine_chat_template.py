"""A conversation is told the model in its own form, or in another that it understands."""

from __future__ import annotations

from service.engines.llama.chat_template import ChatTemplate
from service.records import Message

TALK = [Message("system", "Viết ngắn."), Message("user", "Chào máy.")]
BUNDLED = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def template(source: str) -> ChatTemplate:
    return ChatTemplate(source, bos="<s>", eos="</s>")


def test_the_template_of_the_model_is_used() -> None:
    assert template(BUNDLED).render(TALK) == "<|system|>Viết ngắn.<|end|><|user|>Chào máy.<|end|><|assistant|>"


def test_thinking_is_switched_off() -> None:
    source = "{% if enable_thinking is defined and not enable_thinking %}<think></think>{% else %}<think>{% endif %}"
    assert template(source).render(TALK) == "<think></think>"


def test_the_words_of_hugging_face_are_known() -> None:
    source = (
        "{{ bos_token }}{% for m in messages %}{% if loop.index > 1 %}{% break %}{% endif %}"
        "{% generation %}{{ m | tojson }}{% endgeneration %}{% endfor %}{{ strftime_now('%%') }}"
    )
    assert template(source).render(TALK) == '<s>{"role": "system", "content": "Viết ngắn."}%'


def test_without_a_system_role_the_person_says_it_first() -> None:
    source = "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no') }}{% endif %}[{{ m.content }}]"
    assert template(source + "{% endfor %}").render(TALK) == "[Viết ngắn.\n\nChào máy.]"


def test_a_model_without_a_template_is_spoken_to_plainly() -> None:
    plain = template("")
    assert plain.render(TALK) == "Viết ngắn.\n\nNgười dùng: Chào máy.\n\nTrợ lý:"
    assert plain.stops == ("\nNgười dùng:",)


def test_a_template_that_cannot_be_read_or_run_is_set_aside() -> None:
    said = "Viết ngắn.\n\nNgười dùng: Chào máy.\n\nTrợ lý:"
    assert template("{% if %}").render(TALK) == said
    assert template("{{ messages + 1 }}").render(TALK) == said


def test_a_template_cannot_leave_its_sandbox() -> None:
    hostile = "{{ messages.__class__.__base__.__subclasses__() }}{{ messages.append(1) }}"
    assert template(hostile).render(TALK) == "Viết ngắn.\n\nNgười dùng: Chào máy.\n\nTrợ lý:"
