"""The main menu: what each role sees in the top bar, and which entry the page at hand belongs to.

What everybody may do stands in the bar; what only some roles may do stands behind «Quản lý», so that the bar never
outgrows a small screen.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.records import Role, User


@dataclass(frozen=True)
class Entry:
    label: str
    path: str
    here: bool = False
    manage: bool = False


_PRACTICE = ("/exercises", "/attempts", "/experiments", "/hand-ins", "/progress", "/certificates")
_TRAINERS, _EVALUATORS = (Role.TRAINER,), (Role.EVALUATOR, Role.TRAINER)

MENU: tuple[tuple[str, str, tuple[str, ...], tuple[Role, ...]], ...] = (
    ("Hôm nay", "/", (), ()),
    (
        "Bàn luyện",
        "/exercises",
        ("/exercises", "/attempts", "/experiments", "/hand-ins", "/progress", "/certificates"),
        (),
    ),
    ("Tài liệu", "/documents", ("/documents",), ()),
    ("Hỏi tài liệu", "/ask", ("/ask", "/summaries", "/digest"), ()),
    ("Soi thể thức", "/check", ("/check",), ()),
    ("Bản nháp", "/drafts", ("/drafts",), ()),
    ("Soạn bài", "/manage/exercises", ("/manage/exercises", "/manage/attempts"), _TRAINERS),
    ("Lớp học", "/manage/classes", ("/manage/classes",), _TRAINERS),
    ("Chấm bài nộp", "/manage/hand-ins", ("/manage/hand-ins",), _TRAINERS),
    ("Bình chọn", "/votes", ("/votes",), _EVALUATORS),
    ("Xếp nhóm", "/votes/ranking", ("/votes/ranking",), _EVALUATORS),
    ("Máy trả lời", "/manage/engine", ("/manage/engine",), _TRAINERS),
    ("Người dùng", "/manage/users", ("/manage/users",), (Role.ADMIN,)),
)
"""Label, address, the paths that belong to it, and the roles that see it (empty: everybody)."""


def menu(user: User | None, path: str) -> tuple[Entry, ...]:
    """The entries of a person, the one marked that ``path`` belongs to; of two the one that says more of it."""
    if user is None:
        return ()
    told = {target: _told(path, target, prefixes) for _, target, prefixes, _ in MENU}
    most = max(told.values())
    return tuple(
        Entry(label, target, 0 < told[target] == most, manage=bool(roles))
        for label, target, _, roles in MENU
        if not roles or user.is_any(*roles)
    )


def _told(path: str, target: str, prefixes: tuple[str, ...]) -> int:
    """How many letters of a path an entry knows."""
    return max((len(one) for one in prefixes if path.startswith(one)), default=len(target) if path == target else 0)
