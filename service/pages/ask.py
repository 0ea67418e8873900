"""Ask documents: write a question, watch the answer come with its sources, open each passage where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from service import ask, library
from service.ask import filters, named, quotation, refusal, taken, tracing
from service.ask.gaps import gaps
from service.errors import BadInput, ContextTooLong, EngineAbsent, EngineBusy, NotFound
from service.kit import Kit
from service.pages import guards, marking, streaming
from service.pages.errors import sentence
from service.records import Document, Judged, Passage, Question, Support, User

pages = Blueprint("ask", __name__)

BROKE_OFF: Mapping[str, str] = {
    EngineAbsent.code: "Máy này chưa có mô hình.",
    EngineBusy.code: "Hàng chờ vừa đầy; anh/chị hỏi lại sau ít phút.",
    ContextTooLong.code: "Câu hỏi và các đoạn dài quá mức mô hình đọc được.",
}
"""Why an answer failed, where there is more to say than that the machine broke off."""


@pages.get("/ask")
def desk() -> str:
    """The empty form, with the document of ``?document=`` already chosen, and what was asked before."""
    return _desk(guards.signed_in(), request.args)


@pages.post("/ask")
def begin() -> Response | tuple[str, int]:
    user, kit = guards.signed_in(), guards.kit()
    given = request.form
    text, chosen = given.get("question", ""), given.getlist("document", type=int)
    try:
        question = ask.begin(kit, user, text, chosen, given.getlist("kind"), given.get("shelf", ""))
    except (BadInput, NotFound) as refused:  # «Hỏi lại» may name what was removed since
        return _desk(user, given, refused=sentence(refused)), refused.status
    return redirect(url_for(".question", question_id=question.id), 303)


@pages.get("/ask/<int:question_id>")
def question(question_id: int) -> str:
    user, kit = guards.signed_in(), guards.kit()
    shown = ask.get(kit, user, question_id)
    quotes = quotation.quotes(kit, shown) if shown.over else ()
    return render_template(
        "ask/question.html",
        asked=_asked(kit, user, shown),
        past=ask.history(kit, user, limit=12),
        **_answer(kit, user, shown, quotes),
        **beside(kit, user, *_first(shown, quotes)),
    )


@pages.get("/ask/<int:question_id>/answer")
def answer(question_id: int) -> str:
    """The finished sheet, for the page that watched it grow."""
    user, kit = guards.signed_in(), guards.kit()
    shown = ask.get(kit, user, question_id)
    quotes = quotation.quotes(kit, shown)
    return render_template(
        "ask/_answered.html", **_answer(kit, user, shown, quotes), **beside(kit, user, *_first(shown, quotes))
    )


@pages.get("/ask/<int:question_id>/stream")
def stream(question_id: int) -> Response:
    user, kit = guards.signed_in(), guards.kit()
    ask.get(kit, user, question_id)
    return streaming.respond(
        ask.answer(kit, user, question_id),
        request.environ,
        seen=lambda: ask.seen(kit, question_id),
        watched=lambda: ask.watched(kit, question_id),
    )


@pages.post("/ask/<int:question_id>/stop")
def stop(question_id: int) -> Response:
    ask.stop(guards.kit(), guards.signed_in(), question_id)
    return redirect(url_for(".question", question_id=question_id), 303)


@pages.post("/ask/<int:question_id>/remove")
def remove(question_id: int) -> Response:
    ask.remove(guards.kit(), guards.signed_in(), question_id)
    return redirect(url_for(".desk"), 303)


@pages.get("/ask/<int:question_id>/passages/<int:number>")
def passage(question_id: int, number: int) -> str | Response:
    """Where a number of the answer leads to (``opened``)."""
    user, kit = guards.signed_in(), guards.kit()
    shown = ask.get(kit, user, question_id)
    return opened(kit, user, shown.passages, number, back=(url_for(".question", question_id=question_id), shown.text))


@pages.get("/ask/<int:question_id>/file")
def file(question_id: int) -> Response:
    """The answer as a Word file, its marks as footnotes."""
    data, name = taken.export(guards.kit(), guards.signed_in(), question_id)
    return send_file(data, as_attachment=True, download_name=name)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def beside(kit: Kit, user: User, passage: Passage | None, says: str = "") -> dict[str, Any]:
    """What the paper beside an answer needs: document, blocks, the stretch to highlight and the sentence for which; or
    the passage as it was ``kept``, when it stands there no more."""
    document = library.reachable(kit, user, passage.document_id) if passage else None
    blocks = library.blocks(kit, document.id) if document else ()
    if document is None or passage is None or not library.stands(blocks, passage):
        return {"document": None, "kept": passage}
    return {
        "document": document,
        "blocks": blocks,
        "shown_blocks": (passage.first, passage.last),
        "says": says,
        "pictured": library.pictured(document, blocks, passage.first),
    }


def opened(kit: Kit, user: User, passages: Sequence[Passage], number: int, back: tuple[str, str]) -> str | Response:
    """The place that a number cites: for the page's script what lies beside, else the page of the document; once that
    is gone, a page with the passage as it was kept. ``back`` is the address and the name of what cites it."""
    cited = next((one for one in passages if one.number == number), None)
    if cited is None:
        raise NotFound
    paper = beside(kit, user, cited, request.args.get("says", "")[: marking.LONGEST_SAID])
    if "HX-Request" in request.headers:
        return render_template("library/_beside.html", **paper)
    if paper["document"] is None:
        return render_template("library/kept.html", back=back, **paper)
    return redirect(url_for("library.document", document_id=cited.document_id, passage=f"{cited.first}-{cited.last}"))


def citations(passages: Sequence[Passage], endpoint: str, **owner: Any) -> dict[int, marking.Citation]:
    """Where each number leads to: to ``opened``, by the endpoint of what cites it."""
    return {
        one.number: marking.Citation(
            href=url_for(endpoint, number=one.number, **owner),
            label=_("Đoạn %(n)s: %(title)s", n=one.number, title=one.document_title),
            document_id=one.document_id,
            first=one.first,
            last=one.last,
        )
        for one in passages
    }


def traced_marks(traced: tracing.Traced) -> list[marking.Mark]:
    """How each sentence is drawn: numbers found by the machine apart, what nothing bears out underlined."""
    notes = {
        Support.UNHELD: _("Đoạn được dẫn không nói điều câu này viết."),
        Support.NONE: _("Câu này chưa có căn cứ trong tài liệu."),
    }
    found = [
        marking.Mark(one.start, one.end, "unverified", f"{one.start}-{one.end}", notes[one.support])
        for one in traced.support
        if one.support in notes
    ]
    note = _("Số đoạn này do Học Vụ tìm, máy không ghi.")
    return found + [marking.Mark(start, end, "auto", f"{start}-{end}", note) for start, end in traced.automatic]


def tally(traced: tracing.Traced) -> dict[str, int]:
    """How many sentences have which support."""
    return {kind.value: sum(one.support is kind for one in traced.support) for kind in Support}


def _desk(user: User, given: MultiDict[str, str], *, refused: str = "") -> str:
    kit = guards.kit()
    found = ask.documents(kit, user)
    return render_template(
        "ask/desk.html",
        text=given.get("question", ""),
        chosen=given.getlist("document", type=int),
        shelf=given.get("shelf", ""),
        only=given.getlist("kind"),
        kinds=filters.kinds_of(found),
        mine=[one for one in found if one.owner_id is not None],
        samples=[one for one in found if one.owner_id is None],
        past=ask.history(kit, user),
        refused=refused,
    )


def _asked(kit: Kit, user: User, shown: Question) -> tuple[Document, ...]:
    found = (library.reachable(kit, user, one) for one in shown.documents)
    return filters.narrowed([one for one in found if one is not None], shown.kinds, shown.shelf)


def first_cited(text: str, support: Sequence[Judged], passages: Sequence[Passage]) -> tuple[Passage | None, str]:
    """The passage that lies open at first, with the sentence that cites it: the first one cited, else the first."""
    held = [one for one in support if one.passages and one.support in (Support.CITED, Support.FOUND)]
    for one in held[:1]:
        passage = next((passage for passage in passages if passage.number == one.passages[0]), None)
        if passage:
            return passage, text[one.start : one.end]
    return next(iter(passages), None), ""


def _first(shown: Question, quotes: quotation.Quotes) -> tuple[Passage | None, str]:
    """What the documents say best, or else what the answer cites first."""
    return quotes[0] if quotes else first_cited(shown.answer, shown.support, shown.passages)


def _answer(kit: Kit, user: User, shown: Question, quotes: quotation.Quotes) -> dict[str, Any]:
    traced = tracing.traced(shown.answer, shown.support)
    engine = kit.engine.state()
    cited = {n for one in traced.support for n in one.passages}
    links = citations(shown.passages, ".passage", question_id=shown.id)
    scope = filters.scope(ask.documents(kit, user), shown)
    absent = named.absent(kit, scope, shown.text)
    return {
        "question": shown,
        "answer": marking.mark(traced.text, traced_marks(traced), links),
        "links": links,
        "refusal": shown.answer if not shown.answerable and shown.answer != refusal.NOT_THERE else "",
        "tally": tally(traced),
        "cited": cited,
        "quotes": quotes,
        "nearest": quotation.nearest(kit, shown) if shown.over else (),
        "copied": taken.as_text(shown, quotes),
        "absent": absent,
        "lacking": () if absent else gaps(kit.index.uncalled(shown.text, scope), shown.passages),
        "small": engine.small and shown.model_sha256 == engine.sha256,
        "broke_off": _(BROKE_OFF[shown.error]) if shown.error in BROKE_OFF else "",
    }
