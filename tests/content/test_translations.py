"""The English catalogue is complete, says the same facts as the Vietnamese, and is what the program reads."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests.content.translations import MO, PO, compiled, extract, problems_in, read, told_in, write

PLACE = re.compile(r"%%|%(?:\(\w+\))?[a-z]")
AGAIN = "run python -m tests.content.translations, write what is empty in messages.po, and run it again"


def messages() -> list[Message]:
    return [message for message in read() if message.id]


def forms(message: Message) -> list[tuple[str, str]]:
    """(Vietnamese, English) of a message, one pair for each grammatical number."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string, strict=True))


def test_every_text_of_the_pages_has_its_key_and_no_key_is_left_over() -> None:
    said = {message.id for message in extract() if message.id}
    assert said == {message.id for message in messages()}, AGAIN


def test_every_key_has_its_english() -> None:
    empty = [vietnamese for message in messages() for vietnamese, english in forms(message) if not english.strip()]
    assert empty == [], AGAIN


def test_both_languages_say_the_same_facts() -> None:
    differing = [
        (vietnamese, english)
        for message in messages()
        for vietnamese, english in forms(message)
        if Counter(PLACE.findall(vietnamese)) != Counter(PLACE.findall(english))
    ]
    assert differing == []


def test_english_keeps_the_manner_of_the_house() -> None:
    """No exclamation mark, no jargon, a full stop where the Vietnamese has one."""
    pairs = [pair for message in messages() for pair in forms(message)]
    jargon = re.compile(r"!|\b(?:sorry|oops|output|token|submit|upload|AI model)\b", re.IGNORECASE)
    assert [english for _, english in pairs if jargon.search(english)] == []
    assert [pair for pair in pairs if pair[0].endswith((".", "?", ":")) and pair[0][-1] != pair[1][-1:]] == []


def test_the_files_are_as_the_command_writes_them() -> None:
    assert PO.read_bytes() == write(read()), AGAIN
    assert MO.read_bytes() == compiled(read()), AGAIN


def test_a_sentence_put_together_at_run_time_is_refused(tmp_path: Path) -> None:
    module = tmp_path / "made.py"
    module.write_text(
        'LONG = "Dài quá."\nraise BadInput(LONG)\nraise Secret(mark=x, where="ở đây")\n', encoding="utf-8"
    )
    assert list(told_in(module)) == ["Dài quá.", "ở đây"]
    module.write_text('raise BadInput(f"Tệp {name} hỏng.")\n', encoding="utf-8")
    with pytest.raises(ValueError, match="facts"):
        list(told_in(module))


def test_what_is_said_of_a_file_is_in_the_catalogue(tmp_path: Path) -> None:
    module = tmp_path / "made.py"
    module.write_text('item.wrong("id", "Thiếu %(key)s.", key="id")\nsaid("Dài quá.")\n', encoding="utf-8")
    assert sorted(problems_in(module)) == ["Dài quá.", "Thiếu %(key)s."]
    module.write_text('item.wrong("id", f"Thiếu {key}.")\n', encoding="utf-8")
    with pytest.raises(ValueError, match="facts"):
        list(problems_in(module))
