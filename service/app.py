"""The web application: ``create_app(kit)`` puts the pages together and stands guard at the door.

Every answer leaves with the same strict headers, every error through the same handler, and every text through Jinja.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request, url_for
from flask_babel import Babel, get_locale
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

from service.api import Slots
from service.form import Tray
from service.kit import Kit
from service.nd30.kinds import KINDS
from service.pages import (
    accounts,
    api,
    ask,
    audit,
    baseline,
    certificates,
    classes,
    compare,
    digest,
    drafts,
    engine,
    errors,
    exercises,
    experiments,
    form,
    guards,
    handin,
    handwork,
    home,
    keys,
    library,
    navigation,
    opinion,
    practice,
    progress,
    reading,
    seats,
    summarise,
)
from service.pages.filters import FILTERS, counted
from service.settings import HOME

WEB = HOME / "web"

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)

FORM_BYTES = 2_000_000
"""Longest form without a file: a draft or an exercise of several hundred pages."""


FILES_AT_ONCE = 4
"""How many files of the largest size fit into one sending; each is judged by itself in ``library.accept``."""


def create_app(kit: Kit) -> Flask:
    """Build the application on an open kit; several may live side by side in one process."""
    app = Flask("hocvu", template_folder=str(WEB / "templates"), static_folder=str(WEB / "static"))
    settings = kit.settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="hocvu",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=FORM_BYTES,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a page left open over lunch still saves
        BABEL_DEFAULT_LOCALE=settings.language,
        BABEL_TRANSLATION_DIRECTORIES=str(WEB / "translations"),
    )
    furnish(app, kit)
    shelf = (library, ask, summarise, digest)
    work = (practice, baseline, experiments, handwork, opinion, handin, drafts, form, exercises, compare)
    room = (classes, seats)
    for feature in (home, progress, certificates, accounts, audit, keys, *shelf, *work, *room, engine, api):
        app.register_blueprint(feature.pages)
    errors.handle_all(app)

    @app.before_request
    def let_files_in() -> None:
        files = {"library.upload": FILES_AT_ONCE, "form.look": 2}.get(request.endpoint or "")
        if files:  # twice for one file: what is only a little too large is told by its size
            request.max_content_length = files * settings.upload_mb * 2**20

    CSRFProtect(app).exempt(api.pages)  # no cookie opens it, so no foreign form can use one
    _limit(app, login=settings.login_limit, upload=settings.upload_limit)
    _speak(app, settings.language)
    _dress(app)
    app.after_request(_seal)
    return app


def furnish(app: Flask, kit: Kit) -> None:
    """Set the application up on an open kit, with nothing in hand."""
    app.extensions["kit"] = kit
    app.extensions["tray"] = Tray()
    app.extensions["api_slots"] = Slots()


def _limit(app: Flask, *, login: str, upload: str) -> None:
    """Slow down guessing of passwords and codes, and flooding of shelves; counted in memory, by process."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")

    def address_and_name() -> str:
        return f"{get_remote_address()} {request.form.get('name', '').strip().lower()[:64]}"

    def person() -> str:
        user = guards.current_user()
        return f"user {user.id}" if user else get_remote_address()

    for endpoint, limit, key in (
        ("accounts.login", login, address_and_name),
        ("seats.join", login, person),
        ("library.upload", upload, person),
        ("form.look", upload, person),
    ):
        limited: Any = limiter.limit(limit, key_func=key, methods=["POST"])  # typed for async views as well
        app.view_functions[endpoint] = limited(app.view_functions[endpoint])


def _speak(app: Flask, default: str) -> None:
    """Vietnamese is the source; another language is offered once its catalogue lies in web/translations."""
    languages = ("vi", *sorted(path.name for path in (WEB / "translations").glob("*") if path.is_dir()))

    def language() -> str:
        wishes = (request.args.get("lang"), request.cookies.get("lang"), default)
        return next((wish for wish in wishes if wish in languages), "vi")

    Babel(app, locale_selector=language)

    @app.after_request
    def remember(response: Response) -> Response:
        asked = request.args.get("lang")
        if asked in languages:
            response.set_cookie(
                "lang",
                asked,
                max_age=365 * 86400,
                httponly=True,
                samesite="Lax",
                secure=app.config["SESSION_COOKIE_SECURE"],
            )
        return response

    @app.context_processor
    def around() -> dict[str, object]:
        others = {code: _same_page_in(code) for code in languages if code != str(get_locale())}
        return {"language": str(get_locale()), "languages": others}


def _same_page_in(language: str) -> str:
    """Where the page at hand is to be had in another language; what a form has answered is not asked for again."""
    if request.method != "GET":
        return f"/?lang={language}"
    return f"{request.path}?{urlencode({**request.args, 'lang': language})}"


def _dress(app: Flask) -> None:
    """What every template may use."""
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(FILTERS)
    env.tests["figure"] = reading.is_figure
    env.globals.update(static_url=_static_url, counted=counted)
    env.globals.update(paper_parts=reading.paper_parts, sheets=reading.sheets)
    env.globals.update(kind_names={kind.id: kind.name for kind in KINDS})

    @app.context_processor
    def around() -> dict[str, object]:
        me = guards.current_user()
        return {"me": me, "engine": guards.kit().engine.state(), "navigation": navigation.menu(me, request.path)}


def _static_url(name: str) -> str:
    """The address of a file under web/static, with a version that changes with its content."""
    path = WEB / "static" / name
    return url_for("static", filename=name, v=_version(path, path.stat().st_mtime_ns))


@cache
def _version(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def _seal(response: Response) -> Response:
    """The headers of every answer. Pages are never kept by the browser: office machines are shared."""
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    elif "v" in request.args:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    return response
