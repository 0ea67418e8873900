"""The list of the sample documents, ``sample_docs/manifest.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from service.nd30.kinds import BY_ID
from service.prompts.exercises import SAFETY, SCHEMA
from service.prompts.lines import Fields, Problem, compose, first_of, naming
from service.prompts.own_files import lies


@dataclass(frozen=True)
class Sample:
    """A sample document: ``path`` is the document, ``text`` its content as YAML, both relative to the manifest."""

    id: str
    title: str
    kind: str
    path: str
    text: str
    pages: int
    summary: str
    label: str


def read_manifest(folder: Path) -> tuple[Sample, ...]:
    """The sample documents listed in ``folder``/manifest.yaml, in its order. Raises InvalidExercise."""
    path = folder / "manifest.yaml"
    with naming(path):
        problems: list[Problem] = []
        top = Fields(compose(path.read_text(encoding="utf-8"), 1), problems)
        if top.number("schema", required=True) != SCHEMA:
            top.wrong("schema", f"Học Vụ đọc được danh mục theo mẫu số {SCHEMA}.")
        found: dict[str, Sample] = {}
        for item in top.each("samples"):
            sample = Sample(
                id=item.text("id", required=True),
                title=item.text("title", required=True),
                kind=item.text("kind", required=True, choices=tuple(BY_ID)),
                path=_inside(item, "path", folder),
                text=_inside(item, "text", folder),
                pages=item.number("pages", required=True, lowest=1),
                summary=item.text("summary", required=True),
                label=item.text("label", required=True, choices=SAFETY),
            )
            if sample.id in found:
                item.wrong("id", f"Mã “{sample.id}” có hai lần.")
            found[sample.id] = sample
            item.close()
        top.close()
        first_of(problems)
        return tuple(found.values())


def _inside(item: Fields, key: str, folder: Path) -> str:
    value = item.text(key, required=True)
    if value and not (folder / value).resolve().is_relative_to(folder.resolve()):
        item.wrong(key, f"“{value}” nằm ngoài thư mục tài liệu mẫu.")
    elif value and not lies(folder / value):
        item.wrong(key, f"Không thấy tệp “{value}”.")
    return value
