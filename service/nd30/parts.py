"""The components of a document, and an outline: where each of them stands in a text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from service.nd30.kinds import Kind


class Part(StrEnum):
    """The components; several lines of one component are several entries."""

    NATION = "nation"
    MOTTO = "motto"
    ISSUER = "issuer"  # every line of box 2, the superior body's included
    SIGN = "sign"
    PLACE_DATE = "place_date"
    ABOUT = "about"  # «V/v …» of a công văn
    TITLE = "title"
    SUBJECT = "subject"
    ADDRESSED = "addressed"  # «Kính gửi» or «… điện:»
    ADDRESSEE = "addressee"
    BODY = "body"
    TABLE = "table"
    RECIPIENTS = "recipients"  # the words «Nơi nhận»
    RECIPIENT = "recipient"
    AUTHORITY = "authority"
    SIGNER = "signer"
    SECRETARY_TITLE = "secretary_title"
    SECRETARY = "secretary"
    COUNTERPART = "counterpart"  # quyền hạn, chức vụ of the other party of a contract
    COUNTERSIGNER = "countersigner"
    APPENDIX = "appendix"  # «Phụ lục I»
    APPENDIX_TITLE = "appendix_title"
    APPENDIX_NOTE = "appendix_note"  # «(Kèm theo …)»
    APPENDIX_BODY = "appendix_body"
    APPENDIX_TABLE = "appendix_table"
    MARK = "mark"  # «HỎA TỐC», «LƯU HÀNH NỘI BỘ»
    NOTE = "note"  # «(Ký tên, đóng dấu)»
    OTHER = "other"  # a line of the head that is none of the above, or what follows the signature
    CHAT = "chat"  # what a model says around the document


PART_NAMES = {
    Part.NATION: "Quốc hiệu",
    Part.MOTTO: "Tiêu ngữ",
    Part.ISSUER: "Tên cơ quan ban hành",
    Part.SIGN: "Số, ký hiệu",
    Part.PLACE_DATE: "Địa danh, thời gian",
    Part.ABOUT: "Trích yếu",
    Part.TITLE: "Tên loại",
    Part.SUBJECT: "Trích yếu",
    Part.ADDRESSED: "Kính gửi",
    Part.ADDRESSEE: "Kính gửi",
    Part.BODY: "Nội dung",
    Part.TABLE: "Nội dung",
    Part.RECIPIENTS: "Nơi nhận",
    Part.RECIPIENT: "Nơi nhận",
    Part.AUTHORITY: "Quyền hạn, chức vụ",
    Part.SIGNER: "Họ tên người ký",
    Part.SECRETARY_TITLE: "Thư ký",
    Part.SECRETARY: "Thư ký",
    Part.COUNTERPART: "Chức vụ bên cùng ký",
    Part.COUNTERSIGNER: "Họ tên bên cùng ký",
    Part.APPENDIX: "Phụ lục",
    Part.APPENDIX_TITLE: "Phụ lục",
    Part.APPENDIX_NOTE: "Phụ lục",
    Part.APPENDIX_BODY: "Phụ lục",
    Part.APPENDIX_TABLE: "Phụ lục",
}


@dataclass(frozen=True)
class Found:
    """A component where it stands: ``text`` without Markdown marks, offsets into the outlined text."""

    part: Part
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Outline:
    """The components of ``text`` (NFC) in reading order, and the kind its own words tell, if any.

    ``copy`` is the stamp of a certified copy at the end, an outline over the same text: its components are those of a
    small document, with «SAO Y» for a title.
    """

    text: str
    kind: Kind | None
    found: tuple[Found, ...]
    plain: str  # ``text`` with the tone marks in the new place, for matching; every letter stands where it stood
    copy: Outline | None = None

    @cached_property
    def _by_part(self) -> dict[Part, tuple[Found, ...]]:
        return {part: tuple(item for item in self.found if item.part is part) for part in {i.part for i in self.found}}

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each entry of ``found`` begins, in order."""
        return tuple(item.start for item in self.found)

    def all(self, *parts: Part) -> tuple[Found, ...]:
        """Every entry of these components, in reading order."""
        groups = [self._by_part[part] for part in parts if part in self._by_part]
        if len(groups) < 2:
            return groups[0] if groups else ()
        return tuple(sorted((item for group in groups for item in group), key=lambda item: item.start))

    def first(self, part: Part) -> Found | None:
        """The first entry of a component, None when it is missing."""
        return next(iter(self.all(part)), None)

    def has(self, part: Part) -> bool:
        return part in self._by_part

    def matches(
        self, pattern: re.Pattern[str], *parts: Part, plain: bool = False, group: int | str = 0
    ) -> Iterator[Found]:
        """What a pattern finds inside entries of these components, in ``plain`` if asked.

        One run over the whole text: a thousand short runs cost more than the matching itself. For the same reason a
        pattern should begin with a letter or a class of few letters and ask afterwards for what has to stand before.
        """
        for match in pattern.finditer(self.plain if plain else self.text):
            start, end = match.span(group)
            item = self.found[max(0, bisect_right(self.starts, match.start()) - 1)] if self.found else None
            if item and item.part in parts and item.start <= match.start() and match.end() <= item.end:
                yield Found(item.part, self.text[start:end], start, end)

    def over(self, start: int, end: int) -> tuple[Found, ...]:
        """The entries that hold some of a stretch of the text."""
        first = max(0, bisect_right(self.starts, start) - 1)
        return tuple(item for item in self.found[first : bisect_left(self.starts, end)] if start < item.end)
