"""«Soi thể thức»: a file or a pasted text in, the findings beside the paper, a mended copy and a report out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, current_app, redirect, render_template, request, send_file, session, url_for
from flask_babel import get_locale, gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from service import docx_writer, drafts, form, library, office
from service.errors import BadInput, NotFound
from service.form import MODES, Paper, Tray
from service.kit import Kit
from service.nd30.body import Paragraph
from service.nd30.findings import ISSUED
from service.nd30.kinds import BY_ID
from service.nd30.rules import RULES
from service.pages import guards, marking, reading
from service.pages.drafts import DOCX
from service.pages.errors import sentence
from service.pages.reading import Piece
from service.records import FormReport, Level, Spot, Table, User

pages = Blueprint("form", __name__)

KINDS = {Level.ESSENTIAL: "error", Level.ACTIONABLE: "look", Level.INFORMATIVE: "note", Level.CELEBRATORY: "note"}
"""Level of a finding → class of its spots on the paper."""


@pages.get("/check")
def desk() -> str:
    guards.signed_in()
    return _desk()


@pages.post("/check")
def look() -> str | Response | tuple[str, int]:
    """Look at what was sent: a file, a pasted text, a document of the shelf or a draft."""
    user, kit = guards.signed_in(), guards.kit()
    mode = request.form.get("mode", MODES[0])
    try:
        name, data = _sent(kit, user)
        report = form.examine(kit, name, data, mode)
    except BadInput as error:
        return _desk(sentence(error), mode), error.status
    token = _tray().put(_session(), Paper(name, data, report))
    return redirect(url_for(".result", token=token), 303)


@pages.get("/check/rules")
def rules() -> str:
    guards.signed_in()
    return render_template("form/rules.html", groups=form.rules(), in_words=in_words)


@pages.get("/check/<token>")
def result(token: str) -> str:
    guards.signed_in()
    paper = _paper(token)
    as_pictures = form.can_draw(paper.file) and request.args.get("view") != "text"
    return render_template(
        "form/result.html",
        token=token,
        can_draw=form.can_draw(paper.file),
        as_pictures=as_pictures,
        drawing=as_pictures and paper.pages is None,
        **_sheet(paper, as_pictures),
        **_told(paper),
    )


@pages.get("/check/<token>/pages")
def sheet(token: str) -> str:
    """The pages as pictures, drawn when they are asked for the first time; the text again when that fails."""
    guards.signed_in()
    paper, refused = _paper(token), ""
    if paper.pages is None:
        try:
            paper = replace(paper, pages=form.draw(guards.kit(), paper.file, paper.data))
            _tray().put(_session(), paper, token)
        except BadInput as error:
            refused = sentence(error)
    return render_template(
        "form/_sheet.html", token=token, refused=refused, report=paper.report, **_sheet(paper, as_pictures=True)
    )


@pages.get("/check/<token>/pages/<int:number>.png")
def picture(token: str, number: int) -> Response:
    guards.signed_in()
    drawn = _paper(token).pages or ()
    if not 1 <= number <= len(drawn):
        raise NotFound("Không có hình trang này. Anh/chị tải lại trang.")
    answer = send_file(BytesIO(drawn[number - 1].png), mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=900"
    return answer


@pages.post("/check/<token>/ignore")
def ignore(token: str) -> Response:
    """Let a finding be, with a reason; without one it is taken up again."""
    guards.signed_in()
    number = request.form.get("number", 0, type=int)
    paper = _paper(token).ignoring(number, request.form.get("reason", ""))
    _tray().put(_session(), paper, token)
    view = "text" if request.form.get("view") == "text" else None
    return redirect(url_for(".result", token=token, view=view, _anchor=f"gop-y-{number}"), 303)


@pages.get("/check/<token>/docx")
def docx(token: str) -> Response:
    guards.signed_in()
    paper = _paper(token)
    data, _changes = form.mended(guards.kit(), paper.file, paper.data, paper.report.mode, paper.spared)
    return send_file(
        BytesIO(data), mimetype=DOCX, as_attachment=True, download_name=form.mended_name(paper.file)
    )  # fmt: skip


@pages.get("/check/<token>/report")
def report(token: str) -> Response:
    """The findings as one page that needs nothing else, to be kept, sent on or printed."""
    guards.signed_in()
    paper = _paper(token)
    page = render_template("form/report.html", at=datetime.now(UTC), **_told(paper))
    return send_file(
        BytesIO(page.encode()), mimetype="text/html", as_attachment=True, download_name=_report_name(paper, "html")
    )


@pages.get("/check/<token>/report.docx")
def report_docx(token: str) -> Response:
    """The same as a Word file, to be written on."""
    guards.signed_in()
    paper = _paper(token)
    data = docx_writer.write_sheet(_("Phiếu góp ý thể thức"), _report_lines(_told(paper)))
    return send_file(BytesIO(data), mimetype=DOCX, as_attachment=True, download_name=_report_name(paper, "docx"))


def _report_name(paper: Paper, suffix: str) -> str:
    return f"{Path(paper.report.file).stem}-gop-y-the-thuc.{suffix}"


def _report_lines(told: dict[str, Any]) -> Iterator[str | Paragraph | Table]:
    """What report.html says, as paragraphs and tables."""
    names = {
        Level.ESSENTIAL: _("Lỗi"),
        Level.ACTIONABLE: _("Nên xem"),
        Level.INFORMATIVE: _("Để biết"),
        Level.CELEBRATORY: _("Làm tốt"),
    }
    report: FormReport = told["report"]
    yield f"{_('Tệp')}: {report.file}."
    if report.kind:
        yield _("Soi như một %(kind)s.", kind=BY_ID[report.kind].name.lower())
    yield _("Bước phát hành.") if report.mode == ISSUED else _("Bước dự thảo.")
    for title, found in told["groups"]:
        heading = _(title)
        yield Paragraph("clause", heading, len(heading))
        rows = [(_("Số"), _("Góp ý"), _("Đang ghi"), _("Sửa thành"), _("Vì sao"))]
        for one in found:
            finding = one.finding
            name = f"{finding.title} ({names[finding.level]}{f', {finding.rule}' if finding.rule else ''})"
            place = f"{finding.where}. " if finding.where else ""
            rows.append(
                (str(one.number), f"{place}{name}", finding.seen[:300], finding.expected, in_words(finding.rule)[1])
            )
        yield Table(tuple(rows))
    if told["let_be"]:
        heading = _("Đã bỏ qua")
        yield Paragraph("clause", heading, len(heading))
        for one, reason in told["let_be"]:
            yield f"{one.number}. {one.finding.title} ({one.finding.rule}). {_('Lý do: %(reason)s', reason=reason)}"
    if told["changes"]:
        heading = _("Những chỗ Học Vụ sửa giúp được")
        yield Paragraph("clause", heading, len(heading))
        head = (_("Chỗ sửa"), _("Đang là"), _("Sửa thành"))
        rows_changed = ((f"{one.part} ({one.rule})", one.seen or "–", one.now or "–") for one in told["changes"])
        yield Table((head, *rows_changed))
    yield _(
        "Phiếu do Học Vụ lập theo quy tắc, không dùng mô hình ngôn ngữ. Nội dung và thẩm quyền ban hành do người ký "
        "chịu trách nhiệm."
    )


# ── what was sent, and what is kept for a while ─────────────────────────────────────────────────


def _sent(kit: Kit, user: User) -> tuple[str, bytes]:
    """Name and bytes of what is to be looked at."""
    sent = request.form
    if document_id := sent.get("document", type=int):
        document = library.get(kit, user, document_id)
        return document.filename, library.path(kit, document).read_bytes()
    if draft_id := sent.get("draft", type=int):
        data, name = drafts.export(kit, user, draft_id)
        return name, data
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.filename, file.read()
    if text := sent.get("text", "").strip():
        return _("văn bản dán vào") + ".txt", text.encode()
    raise BadInput("Anh/chị chọn một tệp hoặc dán văn bản vào ô.")


def _tray() -> Tray:
    return cast(Tray, current_app.extensions["tray"])


def _session() -> str:
    return str(session["token"])


def _paper(token: str) -> Paper:
    """What this session laid down, looked at again when another mode or kind is asked for."""
    paper = _tray().get(_session(), token)
    mode = request.args.get("mode", paper.report.mode)
    kind = request.args.get("kind", paper.kind) or None
    if (mode, kind) != (paper.report.mode, paper.kind):
        report = form.examine(guards.kit(), paper.file, paper.data, mode, kind)
        paper = replace(paper, report=report, kind=kind)
        _tray().put(_session(), paper, token)
    return paper


# ── what the pages show ─────────────────────────────────────────────────────────────────────────


def _desk(refused: str = "", mode: str = MODES[0]) -> str:
    settings = guards.kit().settings
    return render_template(
        "form/desk.html",
        refused=refused,
        mode=mode,
        text=request.form.get("text", ""),
        suffixes=form.SUFFIXES,
        old_formats=office.installed(),
        limit_mb=settings.upload_mb,
        limit_pages=settings.upload_pages,
    )


def _sheet(paper: Paper, as_pictures: bool) -> dict[str, object]:
    """The document itself: its pages with their marks when they are drawn and wanted, else its text."""
    marked = Marked(paper.report)
    drawn = paper.pages if as_pictures else None
    marks = form.pictured(paper.report, drawn) if drawn else ()
    return {
        "parts": reading.component_parts(paper.report.blocks),
        "words": marked.words,
        "first_spots": marked.first_spots,
        "drawn": [
            (page, [(mark, marked.kinds[mark.number]) for mark in marks if mark.page == n])
            for n, page in enumerate(drawn or ())
        ],
    }


def _told(paper: Paper) -> dict[str, Any]:
    """What result and report say alike."""
    report = paper.report
    standing = [one for one in report.findings if not paper.reason(one)]
    counts = Counter(one.finding.level for one in standing)
    changes = tuple(change for change in report.changes if change.rule not in paper.spared)
    return {
        "report": report,
        "groups": [(title, tuple(found)) for title, found in groupby(standing, key=lambda one: one.group)],
        "let_be": [(one, reason) for one in report.findings if (reason := paper.reason(one))],
        "changes": changes,
        "errors": counts[Level.ESSENTIAL],
        "look": counts[Level.ACTIONABLE],
        "notes": counts[Level.INFORMATIVE],
        "modes": MODES,
        "mends": {change.rule for change in changes},
        "in_words": in_words,
        "rule_table": RULES,
    }


def in_words(rule_id: str) -> tuple[str, str, str]:
    """Title, reason and advice of a rule in the reader's language; empty for a remark that follows from no rule."""
    rule = RULES.get(rule_id)
    if rule is None:
        return "", "", ""
    if str(get_locale()) == "en":
        return rule.title_en, rule.why_en, rule.try_next_en
    return rule.title, rule.why, rule.try_next


class Marked:
    """The blocks of a report with their spots, as the paper macro asks for them."""

    def __init__(self, report: FormReport) -> None:
        self._blocks = report.blocks
        self.kinds = {one.number: KINDS[one.finding.level] for one in report.findings}
        self._spots: dict[int, list[Spot]] = {}
        for spot in report.spots:
            self._spots.setdefault(spot.block, []).append(spot)
        self.first_spots = {spot.number: f"b{spot.block}" for spot in reversed(report.spots)}

    def words(self, piece: Piece, cell: int = 0) -> Markup:
        """The words of one cell of a piece."""
        text, start = piece.cells[cell], reading.cell_start(self._blocks[piece.n].text, piece.cells, cell)
        spots = self._spots.get(piece.n, ())
        return marking.mark_spots(
            text, ((spot.start - start, spot.end - start, spot.number, self.kinds[spot.number]) for spot in spots)
        )
