"""One handler turns whatever went wrong into a page, a fragment for htmx, or JSON, by what the client can read.

Each answer carries a short reference («HV-7F3A»). The log line of the same reference says what the person does not
need to know, and never holds a word that a person wrote: of a traceback only places are kept, not messages.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from service.errors import BadInput, EngineError, HocVuError, NotAllowed, NotFound, SignInNeeded, TooLarge
from service.pages import guards
from service.prompts import Sentence

LOG = logging.getLogger("hocvu.web")

SENTENCES: Mapping[int, str] = {
    400: "Thông tin vừa gửi chưa đầy đủ. Anh/chị tải lại trang rồi thử lại.",
    405: "Trang này không mở được theo cách vừa rồi. Những gì đã lưu vẫn còn nguyên; anh/chị mở lại từ trang đầu.",
    408: "Kết nối chậm nên tệp chưa đến đủ. Anh/chị gửi lại.",
    429: "Anh/chị vừa thử nhiều lần liên tiếp. Xin chờ một phút rồi thử lại.",
}
"""For what the web server itself refuses."""

TITLES: Mapping[int, str] = {
    400: "Chưa làm được việc này",
    403: "Trang này cần quyền khác",
    404: "Không tìm thấy trang này",
    409: "Có hai cửa sổ cùng sửa",
    413: "Nội dung gửi lên quá lớn",
    429: "Xin chờ một phút",
    500: "Học Vụ gặp trục trặc",
    503: "Mô hình chưa làm được việc này",
}


class _FromServer(HocVuError):
    """An error that Flask, Werkzeug or the limiter raised, in our words."""

    def __init__(self, status: int) -> None:
        self.code, self.status = f"HV-{status}", status
        super().__init__(SENTENCES.get(status, SENTENCES[400] if status < 500 else HocVuError.sentence))


def handle_all(app: Flask) -> None:
    """Register the one handler, and give each request the reference its log lines and error page share."""

    @app.before_request
    def name_request() -> None:
        g.reference = f"HV-{secrets.token_hex(2).upper()}"

    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response:
    """Turn any exception into what the client can show."""
    ours = as_ours(error)
    write_down(ours, error)
    if wants_json():
        body = {"code": ours.code, "sentence": sentence(ours), "reference": g.reference}
        return _with(jsonify(body), ours)
    if request.headers.get("HX-Request"):
        return _with(make_response(render_template("_parts/error.html", **_words(ours))), ours)
    if isinstance(ours, SignInNeeded):
        if request.method == "GET":
            return make_response(redirect(url_for("accounts.login", next=request.full_path.rstrip("?"))))
        return make_response(redirect(url_for("accounts.login", next=_page_of_form(), ended=1)))
    return _with(make_response(render_template("error.html", **_words(ours))), ours)


def sentence(error: HocVuError) -> str:
    """The whole sentence of an error in the reader's language, its facts filled in.

    Facts that are words of ours («trong câu lệnh», «ảnh») stand in the catalogue too; others stay as they are.
    """
    return str(gettext(error.sentence, **{name: _fact(fact) for name, fact in error.facts.items()}))


def _fact(fact: object) -> object:
    if isinstance(fact, Sentence):
        return told(fact)
    return gettext(fact) if isinstance(fact, str) and fact else fact


def told(said: Sentence) -> str:
    """What is wrong with a file, in the reader's language; what the file says stays as it is."""
    facts = {name: told(fact) if isinstance(fact, Sentence) else fact for name, fact in said.facts.items()}
    whole = str(gettext(said.text, **facts))
    return whole + " " + gettext("Có phải anh/chị muốn viết “%(near)s”?", near=said.near) if said.near else whole


def wants_json() -> bool:
    """True for a script that said so: by Accept, or by sending JSON itself."""
    accept = request.accept_mimetypes
    return (
        request.is_json
        or accept["application/json"] > accept["text/html"]
        or accept["text/event-stream"] > 0
        and (accept["text/event-stream"] > accept["text/html"])
    )


def as_ours(error: Exception) -> HocVuError:
    """Any exception as one of our error tree."""
    if isinstance(error, HocVuError):
        return error
    if isinstance(error, CSRFError):
        if request.endpoint != "accounts.login" and guards.current_user() is None:
            return SignInNeeded()  # the token went with the session
        return BadInput(
            "Trang này mở đã lâu nên chưa gửi được. Những gì đã lưu vẫn còn nguyên; anh/chị tải lại trang rồi gửi lại."
        )
    if isinstance(error, RequestEntityTooLarge):
        if request.endpoint != "library.upload":
            return TooLarge("Nội dung vừa gửi dài quá mức nhận. Anh/chị chia nhỏ rồi gửi lại.")
        return TooLarge(
            "Các tệp nặng tổng cộng %(size)s MB, một lần gửi nhận đến %(limit)s MB. Anh/chị gửi từng tệp.",
            size=(request.content_length or 0) // 2**20,
            limit=(request.max_content_length or 0) // 2**20,
        )
    if isinstance(error, OverflowError):  # the number of something, larger than any database counts
        return NotFound()
    if isinstance(error, HTTPException):
        status = error.code or 500
        return NotFound() if status == 404 else NotAllowed() if status == 403 else _FromServer(status)
    return HocVuError()


def _page_of_form() -> str | None:
    """Where the form that was sent stands, when on this site."""
    came = urlsplit(request.referrer or "")
    return urlunsplit(("", "", came.path, came.query, "")) if came.netloc == request.host else None


def _with(response: Response, error: HocVuError) -> Response:
    response.status_code = error.status
    return response


def _words(error: HocVuError) -> dict[str, object]:
    titles = TITLES.get(error.status) or TITLES[400 if error.status < 500 else 500]
    return {
        "title": titles,
        "sentence": sentence(error),
        "reference": g.reference,
        "at": datetime.now(UTC),
        "door": isinstance(error, SignInNeeded),
        "engine_failed": isinstance(error, EngineError),
    }


def write_down(ours: HocVuError, error: Exception) -> None:
    """The log line of an error, under the request's reference."""
    facts = (g.reference, ours.code, ours.status, request.method, request.endpoint or "-", type(error).__name__)
    if ours.status < 500 or isinstance(ours, EngineError):
        LOG.info("%s %s %s %s %s %s", *facts)
        return
    places = traceback.extract_tb(error.__traceback__)
    LOG.error("%s %s %s %s %s %s\n%s", *facts, "\n".join(f"  {p.filename}:{p.lineno} {p.name}" for p in places))
