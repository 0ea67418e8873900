"""Which documents a question is put to: the chosen ones, of some kinds, on one shelf; read from a person's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from service.errors import BadInput
from service.nd30.kinds import BY_ID, KINDS, kind_of_title
from service.records import Document, Question, Shelf
from service.text import fold, nfc

OTHER = "other"
"""The kind of documents of which no kind is known."""
OTHER_NAME = "khác"
SHELF_NAMES = {Shelf.OWN: "tài liệu của tôi", Shelf.SAMPLES: "văn bản mẫu"}


def narrowed(
    found: Sequence[Document], kinds: Collection[str] = (), shelf: Shelf | None = None
) -> tuple[Document, ...]:
    """Those of a shelf and of one of these kinds; None and no kind narrow nothing."""
    return tuple(
        one
        for one in found
        if (shelf is None or (one.owner_id is None) == (shelf is Shelf.SAMPLES))
        and (not kinds or (one.kind or OTHER) in kinds)
    )


def scope(readable: Sequence[Document], question: Question) -> list[int]:
    """The documents that a question is put to, of those that may still be read, by number."""
    asked = _chosen(readable, question.documents)
    return sorted(one.id for one in narrowed(asked, question.kinds, question.shelf))


def check(readable: Sequence[Document], chosen: Collection[int], kinds: Collection[str], shelf: Shelf | None) -> None:
    """Raises ``BadInput`` when nothing that is chosen is of one of these kinds, on this shelf."""
    if narrowed(_chosen(readable, chosen), kinds, shelf):
        return
    if kinds:
        raise BadInput(
            "Trong phạm vi đã chọn không có văn bản nào thuộc loại %(kinds)s. "
            "Anh/chị chọn thêm loại khác, hoặc bỏ lọc theo loại, rồi hỏi lại.",
            kinds=", ".join(map(_name, kinds)),
        )
    if chosen:
        raise BadInput("Tài liệu đã chọn không nằm trong kho đã chọn. Anh/chị chọn lại kho hoặc tài liệu rồi hỏi lại.")
    raise BadInput(
        "Kho đã chọn chưa có tài liệu nào để hỏi. "
        "Anh/chị chọn kho khác, hoặc đưa tài liệu vào ở trang Tài liệu, rồi hỏi lại."
    )


def kinds_of(found: Sequence[Document]) -> dict[str, int]:
    """How many documents there are of each kind, in the order of the Decree, those of no known kind last."""
    counts = Counter(one.kind or OTHER for one in found)
    return {kind: counts[kind] for kind in (*BY_ID, OTHER) if counts[kind]}


def read_kind(said: str) -> str:
    """The id of the kind that a person names: «ke_hoach», «Kế hoạch», «ke hoach», «khác». Raises ``BadInput``."""
    said = " ".join(nfc(said).split())
    kind = kind_of_title(said.replace("_", " "))
    if kind is None and fold(said) not in (OTHER, fold(OTHER_NAME)):
        raise BadInput(
            "Không có loại văn bản “%(kind)s”. Anh/chị ghi tên một trong %(all)s loại của Nghị định 30/2020/NĐ-CP, "
            "ví dụ “kế hoạch”; ghi “khác” cho văn bản chưa rõ loại.",
            kind=said[:60],
            all=len(KINDS),
        )
    return kind.id if kind else OTHER


def read_shelf(said: str) -> Shelf | None:
    """The shelf that a person names; None for an empty word, which means both. Raises ``BadInput``."""
    if said and said not in tuple(Shelf):
        raise BadInput(
            "Không có kho “%(shelf)s”. Anh/chị ghi “own” để hỏi tài liệu của mình, “samples” để hỏi văn bản mẫu.",
            shelf=said[:60],
        )
    return Shelf(said) if said else None


def in_words(question: Question) -> list[str]:
    """«Chỉ tìm trong: văn bản mẫu; loại kế hoạch, tờ trình.» in one line; none when nothing narrowed the question."""
    kinds = f"loại {', '.join(map(_name, question.kinds))}" if question.kinds else ""
    narrow = "; ".join(filter(None, (SHELF_NAMES[question.shelf] if question.shelf else "", kinds)))
    return [f"Chỉ tìm trong: {narrow}."] if narrow else []


def _chosen(readable: Sequence[Document], chosen: Collection[int]) -> list[Document]:
    return [one for one in readable if not chosen or one.id in chosen]


def _name(kind: str) -> str:
    """«kế hoạch»; «khác» for a document of no known kind."""
    return BY_ID[kind].name.lower() if kind in BY_ID else OTHER_NAME
