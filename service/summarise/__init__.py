"""Long documents summed up step by step: sections by legal structure → notes with citations → one summary.

A summary goes queued → running → done | stopped | failed. Each step is a job of its own that notes one part, or merges
the notes when all parts are there, and adds the next job in the same transaction: a stopped, killed or failed summary
goes on with the part it was at, and other jobs get their turn in between.

What the model writes of a part is judged sentence by sentence (``checks.support``): what nothing bears out is dropped
and counted. What it left out of the part's figures and duties is taken over in the document's own words, by a rule
(``extraction.key_sentences``). Without a model the rule alone chooses, and the page says so. So every number of a
summary stands in a passage it names.

    steps       the job: what one step does
    parts       documents cut into what is noted at once
    notes       what a part says
    writing     what the model writes, as far as the passages bear it out
    merging     the notes that go into the summary
    lines       the summary as it is written, and the support of its lines
    taken       a summary that is shown, copied, or taken as .docx
    rows        how a summary and its parts are kept
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert, select, update

from service import jobs, library
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.records import AttemptState, DocumentStatus, Summary, User
from service.store.db import now
from service.store.tables import summaries
from service.summarise import rows
from service.text import nfc

LENGTHS = (200, 400, 800)
"""Syllables that the page offers; ``SHORTEST`` to ``LONGEST`` are taken."""
SHORTEST, LONGEST = 60, 3000


def begin(kit: Kit, user: User, chosen: Collection[int], length: int = LENGTHS[1], reader: str = "") -> Summary:
    """Queue a summary of one or several documents: ``length`` in syllables, ``reader`` whom it is for, as one wrote it.

    Raises ``BadInput`` (nothing chosen, a length that is not taken, not read yet) and ``NotFound``.
    """
    if not chosen:
        raise BadInput("Chưa chọn tài liệu nào. Anh/chị chọn ít nhất một tài liệu rồi tóm tắt.")
    if not SHORTEST <= length <= LONGEST:
        raise BadInput(
            "Độ dài %(length)s tiếng không dùng được; anh/chị chọn từ %(low)s đến %(high)s tiếng.",
            length=length,
            low=SHORTEST,
            high=LONGEST,
        )
    found = [library.get(kit, user, one) for one in dict.fromkeys(chosen)]
    if any(one.status is not DocumentStatus.READY for one in found):
        raise BadInput("Có tài liệu máy chưa đọc xong. Anh/chị chờ ít phút rồi tóm tắt, hoặc bỏ chọn tài liệu ấy.")
    values = {
        "user_id": user.id,
        "title": "; ".join(one.title for one in found)[:300],
        "documents": [one.id for one in found],
        "reader": " ".join(nfc(reader).split())[:120],
        "length": length,
        "state": AttemptState.QUEUED,
        "created_at": now(),
    }
    with kit.db.write() as connection:
        row = connection.execute(insert(summaries).values(values).returning(summaries)).one()
        jobs.add(connection, "summarise", summary_id=row.id)
    return rows.read(row)


def stop(kit: Kit, user: User, summary_id: int) -> None:
    """The stop button: the part under way ends within a moment; what is noted stays."""
    get(kit, user, summary_id)
    rows.move(kit, summary_id, state=AttemptState.STOPPED)


def go_on(kit: Kit, user: User, summary_id: int) -> None:
    """Take a stopped or failed summary up again where it was."""
    get(kit, user, summary_id)
    halted = (AttemptState.STOPPED, AttemptState.FAILED)
    with kit.db.write() as connection:
        again = update(summaries).where(summaries.c.id == summary_id, summaries.c.state.in_(halted))
        if connection.execute(again.values(state=AttemptState.QUEUED, error="")).rowcount:
            jobs.add(connection, "summarise", summary_id=summary_id)


def remove(kit: Kit, user: User, summary_id: int) -> None:
    """Delete a summary of one's own; a step under way finds nothing to write to."""
    get(kit, user, summary_id)
    with kit.db.write() as connection:
        connection.execute(delete(summaries).where(summaries.c.id == summary_id))


def get(kit: Kit, user: User, summary_id: int) -> Summary:
    """One summary with its parts, for whoever asked for it. Raises ``NotFound``."""
    found = rows.load(kit, summary_id)
    if found is None or found.user_id != user.id:
        raise NotFound()
    return found


def history(kit: Kit, user: User) -> tuple[Summary, ...]:
    """The person's summaries, newest first, without their parts."""
    mine = select(summaries).where(summaries.c.user_id == user.id).order_by(summaries.c.id.desc()).limit(50)
    with kit.db.read() as connection:
        return tuple(map(rows.read, connection.execute(mine)))
