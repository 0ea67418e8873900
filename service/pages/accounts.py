"""The door, one's own account, and the list of people for administrators."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from service import accounts, audit, newcomers
from service.errors import BadInput
from service.keys import HOLDERS
from service.pages import guards
from service.pages.errors import sentence
from service.records import Role

pages = Blueprint("accounts", __name__)

Answer = str | AnyResponse | tuple[str, int]


@pages.route("/login", methods=["GET", "POST"])
def login() -> Answer:
    """The door. Public; whoever is inside already walks on."""
    wanted = guards.safe_next(request.values.get("next"))
    if request.method == "GET":
        if guards.current_user():
            return redirect(wanted)
        return render_template("accounts/login.html", next=wanted, name="", wrong="")
    name = request.form.get("name", "")
    try:
        token = accounts.sign_in(guards.kit(), name, request.form.get("password", ""))
    except BadInput as error:
        return render_template("accounts/login.html", next=wanted, name=name, wrong=sentence(error)), error.status
    session.clear()  # a new session for a new person: nothing of the stranger's is carried over
    session["token"] = token
    return redirect(wanted)


@pages.post("/logout")
def logout() -> AnyResponse:
    """Leave; a stranger simply gets to the door."""
    token = session.get("token")
    if token:
        accounts.sign_out(guards.kit(), token)
    session.clear()
    return _to_door()


@pages.get("/account")
def account() -> str:
    guards.signed_in()
    return _account()


@pages.post("/account/password")
def change_password() -> Answer:
    user = guards.signed_in()
    try:
        if request.form.get("new") != request.form.get("again"):
            raise BadInput("Hai lần gõ mật khẩu mới chưa giống nhau. Mật khẩu chưa đổi.")
        accounts.change_password(guards.kit(), user, request.form.get("old", ""), request.form.get("new", ""))
    except BadInput as error:
        return _account(wrong=sentence(error)), error.status
    session.clear()
    flash(gettext("Đã đổi mật khẩu. Anh/chị đăng nhập lại bằng mật khẩu mới."))
    return _to_door()


@pages.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> AnyResponse:
    user = guards.signed_in()
    accounts.revoke_sessions(guards.kit(), user.id)
    session.clear()
    flash(gettext("Đã đăng xuất ở mọi nơi."))
    return _to_door()


# ── for administrators ──────────────────────────────────────────────────────────────────────────


@pages.get("/manage/users")
def people() -> str:
    guards.role(Role.ADMIN)
    return _people()


@pages.post("/manage/users")
def add_person() -> Answer:
    """Add somebody; the generated password is on this one answer only, and nowhere else."""
    admin = guards.role(Role.ADMIN)
    password = accounts.new_password()
    filled = {key: request.form.get(key, "") for key in ("name", "display_name", "role")}
    try:
        user = accounts.create_user(
            guards.kit(), filled["name"], filled["display_name"], _role(filled["role"]), password
        )
    except BadInput as error:
        return _people(wrong=sentence(error), filled=filled), error.status
    audit.note(guards.kit(), admin, "add user", user.name)
    return _people(fresh=user, password=password)


@pages.post("/manage/users/list")
def add_list() -> Answer:
    """Add a class; the generated passwords are on the sheet of this one answer only, and nowhere else."""
    admin, kit = guards.role(Role.ADMIN), guards.kit()
    typed = {"list": request.form.get("list", ""), "list_role": request.form.get("role", "")}
    try:
        role = _role(typed["list_role"])
        people, wrong = newcomers.read(kit, typed["list"])
        if wrong:
            faults = [(one.line, sentence(one.why)) for one in wrong]
            return _people(faults=faults, filled=typed), BadInput.status
        made = newcomers.add(kit, people, role)
    except BadInput as error:
        return _people(wrong=sentence(error), filled=typed), error.status
    for user, _password in made:
        audit.note(kit, admin, "add user", user.name)
    return render_template("accounts/newcomers.html", made=made, role=role)


@pages.post("/manage/users/<name>/password")
def reset_password(name: str) -> Answer:
    admin = guards.role(Role.ADMIN)
    password = accounts.new_password()
    user = accounts.set_password(guards.kit(), name, password)
    audit.note(guards.kit(), admin, "reset password", user.name)
    return _people(fresh=user, password=password)


@pages.post("/manage/users/<name>/name")
def rename(name: str) -> Answer:
    admin = guards.role(Role.ADMIN)
    typed = request.form.get("display_name", "")
    try:
        user = accounts.rename(guards.kit(), name, typed)
    except BadInput as error:
        return _people(wrong=sentence(error), retyped={name: typed}), error.status
    audit.note(guards.kit(), admin, "rename user", user.name)
    flash(gettext("Đã sửa họ và tên của %(login)s thành %(name)s.", login=user.name, name=user.display_name))
    return redirect(url_for("accounts.people"), 303)


@pages.post("/manage/users/<name>/role")
def change_role(name: str) -> Answer:
    admin = guards.role(Role.ADMIN)
    try:
        user = accounts.set_role(guards.kit(), name, _role(request.form.get("role", "")))
    except BadInput as error:
        return _people(wrong=sentence(error)), error.status
    audit.note(guards.kit(), admin, f"role {user.role}", user.name)
    flash(gettext("Đã đổi vai trò của %(name)s.", name=user.display_name))
    return redirect(url_for("accounts.people"), 303)


@pages.post("/manage/users/<name>/active")
def change_active(name: str) -> Answer:
    admin = guards.role(Role.ADMIN)
    active = request.form.get("active") == "1"
    try:
        user = accounts.set_active(guards.kit(), name, active)
    except BadInput as error:
        return _people(wrong=sentence(error)), error.status
    audit.note(guards.kit(), admin, "open account" if active else "close account", user.name)
    said = gettext("Đã mở lại tài khoản của %(name)s.") if active else gettext("Đã khóa tài khoản của %(name)s.")
    flash(said % {"name": user.display_name})
    return redirect(url_for("accounts.people"), 303)


def _account(wrong: str = "") -> str:
    return render_template("accounts/account.html", wrong=wrong, key_holders=HOLDERS)


def _people(**said: object) -> str:
    empty: dict[str, object] = {"wrong": "", "faults": (), "filled": {}, "retyped": {}, "fresh": None, "password": ""}
    everybody = accounts.list_users(guards.kit())
    return render_template("accounts/people.html", people=everybody, roles=tuple(Role), **{**empty, **said})


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError:
        raise BadInput("Chưa chọn vai trò.") from None


def _to_door() -> AnyResponse:
    return redirect(url_for("accounts.login"), 303)
