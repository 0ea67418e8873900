"""The labelled sets hold what their guides say: form, counts, splits, no item twice, no template worn out."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parents[2]
BRIEFS = ROOT / "training/evaluation"
Item = dict[str, Any]

# name of the set → (least number of items, its fields beside id and split, the field that must not repeat)
SETS = {
    "support": (200, {"group", "sentence", "passage", "supported", "why"}, "sentence"),
    "free_briefs": (60, {"kind", "system_frame", "material", "prompt", "facts", "must", "answerable"}, "prompt"),
    "questions": (150, {"question", "style", "answerable", "documents", "quote", "by_number"}, "question"),
    "prompts": (200, {"prompt", "parts", "unsure"}, "prompt"),
    "personal": (300, {"text", "found"}, "text"),
    "fidelity": (300, {"group", "source", "answer", "planted"}, "answer"),
}
SPLITS = {
    "tune",
    "held",
    "more",
    "second",
    "second_held",
    "third",
    "third_held",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
}


def items(name: str) -> list[Item]:
    """All items of a set, in the order of its file."""
    lines = (folder(name) / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def halves(name: str) -> list[Item]:
    """The two halves of the first writing; ``more`` and ``second`` came later."""
    return [item for item in items(name) if item["split"] in ("tune", "held")]


def folder(name: str) -> Path:
    """Where a set lies: the briefs for the small model beside its recipe, the others here."""
    return BRIEFS if name == "free_briefs" else DATA


def share(found: list[bool]) -> float:
    """The part of true values, 0 to 1."""
    return sum(found) / len(found)


def skeleton(text: str) -> str:
    """What a sentence template would leave: no digits, no word with a capital."""
    return " ".join(word for word in re.sub(r"\d+", "0", text).split() if word.islower())


@pytest.mark.parametrize("name", SETS)
def test_a_set_has_its_form(name: str) -> None:
    least, fields, text = SETS[name]
    found = items(name)
    assert len(found) >= least
    assert (folder(name) / f"{name}.md").is_file()
    assert len({item["id"] for item in found}) == len(found)
    for item in found:
        assert set(item) == fields | {"id", "split"}, item["id"]
        assert item["split"] in SPLITS, item["id"]
        line = json.dumps(item, ensure_ascii=False)
        assert unicodedata.is_normalized("NFC", line), item["id"]
    assert 0.4 <= share([item["split"] == "tune" for item in halves(name)]) <= 0.6
    assert len({item[text] for item in found}) == len(found)


@pytest.mark.parametrize("name", SETS)
def test_no_template_makes_more_than_a_fiftieth_of_a_set(name: str) -> None:
    found = items(name)
    shape, times = Counter(skeleton(item[SETS[name][2]]) for item in found).most_common(1)[0]
    assert times <= max(1, 0.02 * len(found)), shape


def test_half_of_the_sentences_are_borne_out() -> None:
    found = items("support")
    assert 0.45 <= share([item["supported"] for item in found]) <= 0.55
    yes = {"quoted", "reworded", "number_notation", "date_form", "abbreviation", "negation_kept"}
    for item in found:
        assert (item["why"] in yes) == item["supported"], item["id"]


@pytest.mark.parametrize("name", ["support", "fidelity"])
def test_no_passage_lies_in_both_halves(name: str) -> None:
    pairs = {(item["group"], item["split"]) for item in items(name)}
    assert len(pairs) == len({group for group, _ in pairs})


def test_half_of_the_answers_hold_planted_errors() -> None:
    found = items("fidelity")
    assert 0.45 <= share([bool(item["planted"]) for item in halves("fidelity")]) <= 0.55
    kinds = {"number", "date", "time", "name", "place", "body", "document_number", "unit", "percent"}
    for item in found:
        assert len(item["planted"]) <= 3, item["id"]
        for wrong in item["planted"]:
            assert set(wrong) == {"quote", "kind", "start", "in_source"}, item["id"]
            assert wrong["kind"] in kinds, item["id"]
            assert item["answer"].startswith(wrong["quote"], wrong["start"]), item["id"]


def test_a_brief_asks_for_what_its_words_hold() -> None:
    kinds = {"max_words", "min_words", "table", "bullets", "exactly_n", "contains", "not_contains", "cites", "refuses"}
    frames = {path.stem for path in (ROOT / "prompts/system").glob("*.md")}
    for item in items("free_briefs"):
        assert item["system_frame"] in frames, item["id"]
        assert {demand["type"] for demand in item["must"]} <= kinds, item["id"]
        assert all(set(demand) == {"type", "value"} for demand in item["must"]), item["id"]
        assert len(item["material"].split()) <= 500, item["id"]
        refuses = any(demand["type"] == "refuses" for demand in item["must"])
        assert item["answerable"] or (refuses and not item["facts"]), item["id"]
        for demand in item["must"]:
            if demand["type"] == "cites":
                assert f"[{demand['value']}]" in item["material"], item["id"]
            if demand["type"] == "max_words":
                assert demand["value"] <= 250, item["id"]


def test_every_part_of_a_prompt_is_often_there_and_often_missing() -> None:
    found = items("prompts")
    parts = {"role", "context", "task", "data", "format", "constraints", "self_check"}
    for item in found:
        assert set(item["parts"]) | set(item["unsure"]) <= parts, item["id"]
        assert not set(item["parts"]) & set(item["unsure"]), item["id"]
    for part in parts:
        for half in ("tune", "held"):
            sure = [part in item["parts"] for item in found if item["split"] == half and part not in item["unsure"]]
            assert sum(sure) >= 10, part
            assert len(sure) - sum(sure) >= 5, part


def test_four_texts_in_ten_hold_nothing_personal() -> None:
    found = items("personal")
    kinds = {"cccd", "phone", "email", "bank", "bhxh", "birth_date", "address"}
    assert 0.35 <= share([not item["found"] for item in halves("personal")]) <= 0.45
    for item in found:
        for detail in item["found"]:
            assert set(detail) == {"quote", "kind", "start"}, item["id"]
            assert detail["kind"] in kinds, item["id"]
            assert item["text"].startswith(detail["quote"], detail["start"]), item["id"]
    for half in ("tune", "held"):
        seen = Counter(detail["kind"] for item in found if item["split"] == half for detail in item["found"])
        assert all(seen[kind] >= 5 for kind in kinds), seen


def test_a_question_is_answered_by_the_words_it_quotes() -> None:
    found = items("questions")
    listed = (ROOT / "sample_docs/manifest.yaml").read_text(encoding="utf-8")
    texts = {
        path.stem: " ".join(path.read_text(encoding="utf-8").split()) for path in ROOT.glob("sample_docs/*/*.yaml")
    }
    for item in found:
        assert item["answerable"] == bool(item["documents"]) == bool(item["quote"]), item["id"]
        assert (item["style"] == "folded") == item["question"].isascii(), item["id"]
        assert all(f"id: {document}\n" in listed for document in item["documents"]), item["id"]
        if item["answerable"]:
            assert item["quote"] in texts[item["documents"][0]], item["id"]
    assert 0.3 <= share([item["style"] == "folded" for item in found]) <= 0.4
    assert 0.15 <= share([not item["answerable"] for item in halves("questions")]) <= 0.25
