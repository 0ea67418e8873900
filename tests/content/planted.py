"""Documents with planted mistakes: a faultless sample and a key that says what stands in place of what.

Each ``sample_docs/co_loi/<id>.yaml`` names the sample it was made ``of`` and lists what was ``planted``; the document
is that sample with every ``fix`` replaced by its ``quote``. A mistake stands in the body unless ``where`` names another
field of the Draft, or ``paper`` for the decree's fixed words; ``at`` tells apart equal strings: it lies in the same
paragraph or table row.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape

import yaml

from service.docx_writer import write
from service.nd30 import drafting
from service.prompts import Sample, read_manifest
from service.records import Draft, Table
from tests.content.make_samples import SAMPLES, read_draft

FOLDER = SAMPLES / "co_loi"


@dataclass(frozen=True)
class Planted:
    """One mistake: ``quote`` stands where ``fix`` is right; ``check`` finds it, or only a ``reader`` does."""

    id: str
    type: str
    quote: str
    fix: str
    why: str
    check: str
    where: str = "body"
    at: str = ""


@dataclass(frozen=True)
class Faulty:
    """A document with planted mistakes."""

    sample: Sample
    of: Sample
    planted: tuple[Planted, ...]

    @property
    def sound(self) -> Draft:
        """The faultless document."""
        return read_draft(SAMPLES / self.of.text)

    @property
    def draft(self) -> Draft:
        """The document with the mistakes, except those in the decree's fixed words."""
        draft = self.sound
        for one in self.planted:
            if one.where != "paper":
                draft = replace(draft, **{one.where: _planted(getattr(draft, one.where), one)})
        return draft

    @property
    def text(self) -> str:
        text = drafting.text_of(self.draft)
        for one in self.planted:
            if one.where == "paper":
                text = _once(text, one)
        return text

    @property
    def docx(self) -> bytes:
        source, packed = zipfile.ZipFile(io.BytesIO(write(self.draft))), io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                data = source.read(entry)
                if entry.filename == "word/document.xml":
                    data = self._on_paper(data.decode()).encode()
                target.writestr(entry, data)
        return packed.getvalue()

    def _on_paper(self, xml: str) -> str:
        for one in self.planted:
            if one.where == "paper":
                xml = _once(xml, replace(one, fix=escape(one.fix), quote=escape(one.quote)))
        return xml


def read_faulty() -> tuple[Faulty, ...]:
    """The documents of sample_docs/co_loi, in the order of their manifest."""
    sound = {sample.id: sample for sample in read_manifest(SAMPLES)}
    found = []
    for sample in read_manifest(FOLDER):
        fields: dict[str, Any] = yaml.safe_load((FOLDER / sample.text).read_text(encoding="utf-8"))
        planted = tuple(Planted(**one) for one in fields["planted"])
        found.append(Faulty(sample, sound[fields["of"]], planted))
    return tuple(found)


def _planted(value: Any, one: Planted) -> Any:
    if isinstance(value, str):
        return _once(value, one)
    hits = 0

    def put(text: str, around: str, is_it: Callable[[str], bool]) -> str:
        nonlocal hits
        if one.at not in around or not is_it(text):
            return text
        hits += 1
        return _once(text, one)

    def within(text: str) -> bool:
        return one.fix in text

    def whole(text: str) -> bool:
        return text == one.fix

    items: list[Any] = []
    for item in value:
        if isinstance(item, str):
            items.append(put(item, item, within if one.where == "body" else whole))
        else:
            rows = []
            for row in item.rows:
                around = f"| {' | '.join(row)} |"
                rows.append(tuple(put(cell, around, whole) for cell in row))
            items.append(Table(tuple(rows)))
    if hits != 1:
        raise ValueError(f"{one.id}: “{one.fix}” được thay ở {hits} chỗ, phải là một.")
    return tuple(items)


def _once(text: str, one: Planted) -> str:
    if text.count(one.fix) != 1:
        raise ValueError(f"{one.id}: “{one.fix}” có ở {text.count(one.fix)} chỗ, phải là một.")
    return text.replace(one.fix, one.quote)


def main() -> None:
    """Write every document with planted mistakes: ``python -m tests.content.planted``."""
    for line in (FOLDER / "manifest.yaml").read_text(encoding="utf-8").split("\n"):
        if line.startswith("    path: "):
            (FOLDER / line.removeprefix("    path: ")).touch()  # the manifest names only files that are there
    for one in read_faulty():
        (FOLDER / one.sample.path).write_bytes(one.docx)


if __name__ == "__main__":
    main()
