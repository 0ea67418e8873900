"""What a model is asked: reserved briefs of the generator, briefs written by hand, and pairs of a vague and a full prompt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.nd30.kinds import BY_ID, Kind, Signing
from service.nd30.request import opening
from service.records import Draft
from training.frames import framed_text
from training.kinds import Brief
from training.tasks import NOT_THERE, Expected, Sample, Wants, make
from training.words import Chance

FREE = Path(__file__).with_name("free_briefs.jsonl")
SEED = 20_260_000
"""Reserved briefs start from seeds that training does not use, and draw only reserved names, places and topics."""

SHARES = {"draft": 0.42, "lookup": 0.1, "cited": 0.16, "tasks": 0.14, "summary": 0.12, "plain": 0.03, "errors": 0.03}
SIGNER = "Nguyễn Văn Mẫu"
"""Stands under a document whose brief names no signer."""
PAIRS = 24
"""Pairs of a vague and a full prompt about the same material."""


@dataclass(frozen=True)
class Asked:
    """One question to a model and how its answer is judged; ``pair`` joins a vague with a full prompt,
    ``must`` are the conditions of a brief written by hand, ``opening`` is what the service writes of the answer."""

    id: str
    task: str
    system: str
    source: str
    prompt: str
    expected: tuple[Expected, ...]
    wants: Wants
    kind: str = ""
    frame: Draft | None = None
    pair: str = ""
    must: tuple[tuple[str, Any], ...] = ()
    opening: str = ""


def frame_of(document: Brief) -> Draft:
    """Head and foot as code writes them from the facts of a brief."""
    agency, kind = document.agency, document.kind
    group = f"{kind.abbreviation}-{agency.initials}" if kind.abbreviation else f"{agency.initials}-{agency.unit}"
    return Draft(
        kind=kind.id,
        superior=agency.superior,
        issuer=agency.full.upper(),
        sign=f"/{group}" if kind.has_number else "",
        place=agency.place,
        subject="Nội dung văn bản" if kind.has_subject else "",
        addressees=("Như danh sách",) if kind.addressee == "required" else (),
        authority=agency.head,
        signer=SIGNER,
        secretary=SIGNER if kind.id == "bien_ban" else "",
        counterpart=("ĐẠI DIỆN BÊN B",) if BY_ID[kind.id].signing is Signing.PARTIES else (),
        countersigner=SIGNER if BY_ID[kind.id].signing is Signing.PARTIES else "",
    )


def _asked(sample: Sample, name: str, pair: str = "") -> Asked:
    is_document = sample.task in ("draft", "vague") and sample.document is not None
    return Asked(
        id=name,
        task=sample.task,
        system=sample.system,
        source="\n".join(sample.passages),
        prompt=sample.prompt,
        expected=sample.expected,
        wants=sample.wants,
        kind=sample.document.kind.id if is_document and sample.document else "",
        frame=frame_of(sample.document) if is_document and sample.document else None,
        pair=pair,
        opening=opening(sample.prompt) if is_document else "",
    )


def reserved_briefs(count: int = 300) -> tuple[Asked, ...]:
    """So many briefs of all tasks, the same ones every time."""
    found: list[Asked] = []
    for task, share in SHARES.items():
        numbers = range(round(count * share))
        found += [_asked(make(Chance(SEED + n, held=True), task), f"{task}-{n}") for n in numbers]
    return tuple(found)


def prompt_pairs(count: int = PAIRS) -> tuple[Asked, ...]:
    """The same material asked vaguely and fully; both are judged against the facts of the full one."""
    found: list[Asked] = []
    seed = SEED + 500_000
    while len(found) < 2 * count:
        seed += 1
        full = make(Chance(seed, held=True), "draft")
        if not full.passages or full.document is None or full.wants.without:
            continue
        name = f"pair-{len(found) // 2}"
        vague = f"{Chance(seed).one('Soạn', 'Viết', 'Làm')} {full.document.openings[0]}."
        shared = _asked(full, f"{name}-full", name)
        found.append(shared)
        found.append(
            Asked(
                **(vars(shared) | {"id": f"{name}-vague", "task": "vague", "prompt": vague, "opening": opening(vague)})
            )
        )
    return tuple(found)


def free_briefs(path: Path = FREE) -> tuple[Asked, ...]:
    """The briefs written by hand (``free_briefs.md`` explains them); none where the file is missing."""
    if not path.exists():
        return ()
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(_free(json.loads(line)) for line in lines)


def _free(given: Mapping[str, Any]) -> Asked:
    kind = BY_ID.get(given["kind"])
    return Asked(
        id=given["id"],
        task=f"free-{given['split']}",
        system=framed_text(given["system_frame"], given["material"]),
        source=given["material"],
        prompt=given["prompt"],
        expected=tuple(Expected(fact) for fact in given["facts"]),
        wants=Wants(exact=None if given["answerable"] else NOT_THERE),
        kind=kind.id if kind else "",
        frame=_plain_frame(kind) if kind else None,
        must=tuple((must["type"], must["value"]) for must in given["must"]),
        opening=opening(given["prompt"]) if given["system_frame"] == "draft" else "",
    )


def _plain_frame(kind: Kind) -> Draft:
    """Head and foot where a brief names no body of its own."""
    return Draft(
        kind=kind.id,
        issuer="ỦY BAN NHÂN DÂN XÃ BẢN LẪM",
        sign=f"/{f'{kind.abbreviation}-UBND' if kind.abbreviation else 'UBND-VP'}" if kind.has_number else "",
        place="Bản Lẫm",
        subject="Nội dung văn bản" if kind.has_subject else "",
        addressees=("Như danh sách",) if kind.addressee == "required" else (),
        authority=("CHỦ TỊCH",),
        signer=SIGNER,
        secretary=SIGNER if kind.id == "bien_ban" else "",
        counterpart=("ĐẠI DIỆN BÊN B",) if kind.signing is Signing.PARTIES else (),
        countersigner=SIGNER if kind.signing is Signing.PARTIES else "",
    )
