"""Planted errors, two versions, and prompts to be mended."""

from __future__ import annotations

from collections.abc import Sequence

from training.asking import ROLES
from training.kinds import MISSING, brief
from training.slots import Fact
from training.tasks.questions import loose_facts
from training.tasks.sample import Expected, Sample, Wants, named, pieces
from training.words import Chance, capital


def _altered(chance: Chance, item: Fact) -> Fact:
    for other in loose_facts(chance, 19, 19):
        if other.key == item.key and other.value != item.value:
            return other
    return item


def _listed(facts: Sequence[Fact]) -> str:
    return "\n".join(f"- {named(item)}" for item in facts)


def errors(chance: Chance) -> Sample:
    """A draft with planted errors beside its source → the list of them; two versions → the table of changes."""
    facts = [item for item in loose_facts(chance, 6, 9) if item.key not in ("agency", "topic", "results")][
        : chance.number(3, 5)
    ]
    wrong = chance.random.sample(facts, min(len(facts), chance.number(0, 2)))
    changed = {item.key: _altered(chance, item) for item in wrong}
    other = [changed.get(item.key, item) for item in facts]
    differ = [(old, new) for old, new in zip(facts, other, strict=True) if old.value != new.value]
    if chance.odds(0.6):
        first, second = chance.one("Ghi chép", "Nguồn", "Bản gốc"), chance.one("Dự thảo", "Bản máy viết", "Bản nháp")
        ask = chance.one(
            "Tìm chỗ sai của dự thảo so với nguồn.",
            "Dự thảo sai ở đâu so với ghi chép?",
            "Đối chiếu hai bản, liệt kê lỗi.",
            "Bắt lỗi trong bản nháp.",
            "Kiểm tra dự thảo với nguồn, nêu từng điểm sai.",
        )
        answer = (
            "\n".join(
                f"- {capital(old.slot.labels[0])}: dự thảo ghi {new.value}, nguồn là {old.value}."
                for old, new in differ
            )
            or "Không thấy điểm sai."
        )
        wants = Wants(bullets=len(differ)) if differ else Wants(exact=answer)
    else:
        first, second = chance.one("Bản cũ", "Bản trước", "Lần 1"), chance.one("Bản mới", "Bản sau", "Lần 2")
        ask = chance.one(
            "So sánh hai bản, lập bảng thay đổi.",
            "Kẻ bảng điểm khác nhau giữa hai bản.",
            "Bản mới đổi gì? Lập bảng.",
            "Lập bảng so sánh bản cũ, bản mới.",
        )
        rows = [f"| {capital(old.slot.labels[0])} | {old.value} | {new.value} |" for old, new in differ]
        answer = (
            "\n".join(["| Nội dung | Bản cũ | Bản mới |", "|---|---|---|", *rows]) if rows else "Hai bản giống nhau."
        )
        wants = Wants(rows=len(differ)) if differ else Wants(exact=answer)
    found = tuple(
        Expected(part, (old.slot.labels[0],)) for old, new in differ for item in (old, new) for part in pieces(item)
    )
    passages = (f"{first}:\n{_listed(facts)}", f"{second}:\n{_listed(other)}")
    return Sample("errors", "compare_texts", passages, ask, answer, found, wants)


def improve(chance: Chance) -> Sample:
    """A vague prompt → the same in seven parts, open points left as «[cần bổ sung]»."""
    document = brief(chance)
    topic = document.values.get("topic", "")
    known = bool(topic) and chance.odds(0.6)
    job = f"{chance.one('soạn', 'viết', 'làm')} {document.openings[0]}{f' về {topic}' if known else ''}"
    role = chance.of(ROLES) if chance.odds(0.4) else ""
    poor = f"{f'Tôi là {role}. ' if role else ''}{capital(job)}"
    ask = chance.one(
        "Sửa câu lệnh sau cho rõ: {p}",
        "Viết lại câu lệnh này cho đủ bảy phần: {p}",
        "Câu lệnh “{p}” quá chung, sửa giúp tôi.",
        "Cải thiện câu lệnh: {p}",
        "Làm rõ câu lệnh dưới đây.\n{p}",
    ).format(p=poor)
    answer = "\n".join(
        [
            f"Vai trò: {role or MISSING}",
            f"Bối cảnh: văn bản của {MISSING} gửi {MISSING}",
            f"Nhiệm vụ: soạn {document.openings[0]} về {topic if known else MISSING}",
            "Dữ liệu: chỉ dùng tài liệu kèm theo",
            f"Định dạng: {document.kind.name.lower()} theo Nghị định số 30/2020/NĐ-CP, không quá {MISSING} tiếng",
            "Ràng buộc: không tự thêm số liệu, thiếu thì ghi [cần bổ sung]",
            "Tự kiểm tra: rà lại số, ngày, tên riêng",
        ]
    )
    found = tuple(
        Expected(value, (cue,)) for value, cue in ((role, "vai trò"), (topic if known else "", "nhiệm vụ")) if value
    )
    return Sample("improve", "improve_prompt", (), ask, answer, found, Wants(lines=7, starts="Vai trò:"))
