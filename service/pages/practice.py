"""The desk: read the task, write the prompt, watch the answer come, read the feedback, run again, compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service import accounts, baseline, docx_writer, exercises, feedback, handwork, practice, reading_ahead, seats
from service.checks.prompt import templates
from service.checks.prompt.parts import LABELS
from service.errors import BadInput, ContextTooLong, EngineAbsent, EngineBusy, NotFound
from service.kit import Kit
from service.nd30.papers import papers
from service.pages import desk as desk_of, guards, handin, marking, opinion, streaming
from service.pages.drafts import DOCX
from service.pages.errors import sentence
from service.pages.strips import strip
from service.practice import comparison, editor
from service.prompts import BY_HAND_TOO, WORKED_BY_HAND
from service.records import (
    PARTS,
    Attempt,
    AttemptState,
    CheckResult,
    Exercise,
    Finding,
    Span,
    User,
)
from service.store.db import now
from service.text import count_syllables, nfc

pages = Blueprint("practice", __name__)

NUMBERS: Mapping[str, int] = {part: number for number, part in enumerate(PARTS, 1)}
"""The seven parts of a prompt, by the number that stands above them in the editor."""

BROKE_OFF: Mapping[str, str] = {
    EngineAbsent.code: EngineAbsent.sentence,
    EngineBusy.code: "Hàng chờ vừa đầy nên lượt này chưa chạy được. Câu lệnh đã được lưu; xin chạy lại sau ít phút.",
    ContextTooLong.code: "Câu lệnh và tài liệu dài quá mức mô hình đọc được. Anh/chị rút ngắn câu lệnh rồi chạy lại.",
}
"""Why an attempt failed, where there is more to say than that the machine broke off."""


@dataclass(frozen=True)
class Part:
    """A part of the prompt, found or not: ``insert`` is a sentence to begin a missing one with, ``blank`` what is still
    to be filled in where it is begun."""

    number: int
    label: str
    found: bool
    insert: str = ""
    blank: Span | None = None


@dataclass(frozen=True)
class Mask:
    """A detail of the prompt that should be masked, and what to put in its place."""

    finding: Finding
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Look:
    """What the rules see in a prompt while it is being written."""

    parts: tuple[Part, ...]
    spans: tuple[tuple[int, int, int], ...]
    masks: tuple[Mask, ...]
    panel: desk_of.Panel
    syllables: int


# ── the desk ────────────────────────────────────────────────────────────────────────────────────


@pages.get("/exercises/<exercise_id>")
def desk(exercise_id: str) -> str | Response:
    user, kit = guards.signed_in(), guards.kit()
    exercise = exercises.get(kit, user, exercise_id)
    if exercise.kind in WORKED_BY_HAND:
        return redirect(url_for("handwork.desk", exercise_id=exercise_id))
    past = practice.history(kit, user, exercise_id)
    parent = next((one for one in past if one.id == request.args.get("from", type=int)), None)
    prompt = parent.prompt if parent else editor.prompt_in_hand(kit, user, exercise)
    newest = parent or _last(past)
    given = request.args.get("input") or (newest.input if newest else "")
    reading_ahead.opened(kit, exercise, given)
    shown = _last(past, exercise, given)
    return _desk(kit, user, exercise, shown, past, prompt=prompt, parent=parent, given=given)


@pages.get("/attempts/<int:attempt_id>")
def attempt(attempt_id: int) -> str | Response:
    user, kit = guards.signed_in(), guards.kit()
    shown = practice.get(kit, user, attempt_id)
    if shown.state is AttemptState.DRAFT:
        return redirect(url_for(".desk", exercise_id=shown.exercise_id))
    exercise = exercises.for_attempt(kit, shown)
    if shown.by_hand:
        return redirect(url_for("handwork.attempt", attempt_id=attempt_id))
    if shown.user_id != user.id:
        owner = next(one for one in accounts.list_users(kit) if one.id == shown.user_id)
        return _desk(kit, user, exercise, shown, (shown,), owner=owner, given=shown.input)
    past = practice.history(kit, user, shown.exercise_id)
    latest = _last(past) == shown
    prompt = editor.prompt_in_hand(kit, user, exercise) if latest else None
    return _desk(kit, user, exercise, shown, past, prompt=prompt, given=shown.input)


@pages.post("/exercises/<exercise_id>/attempts")
def run(exercise_id: str) -> Response | tuple[str, int]:
    user, kit = guards.signed_in(), guards.kit()
    exercise = exercises.get(kit, user, exercise_id)
    prompt, given = request.form.get("prompt", ""), request.form.get("input", "")
    parent, as_it_is = request.form.get("parent", type=int), bool(request.form.get("as_it_is"))
    try:
        begun = practice.begin(kit, user, exercise, prompt, parent, given, as_it_is=as_it_is)
    except BadInput as refused:
        past = practice.history(kit, user, exercise_id)
        shown = _last(past, exercise, given)
        page = _desk(kit, user, exercise, shown, past, prompt=prompt, refused=sentence(refused), given=given)
        return page, refused.status
    return redirect(url_for(".attempt", attempt_id=begun.id), 303)


@pages.post("/attempts/<int:attempt_id>/again")
def again(attempt_id: int) -> Response:
    """Run the prompt of an attempt once more, unchanged."""
    user, kit = guards.signed_in(), guards.kit()
    begun = practice.run_again(kit, user, attempt_id)
    return redirect(url_for(".attempt", attempt_id=begun.id), 303)


@pages.post("/exercises/<exercise_id>/prompt")
def look(exercise_id: str) -> str:
    """Save the prompt being written and say what the rules see in it."""
    user, kit = guards.signed_in(), guards.kit()
    exercise = exercises.get(kit, user, exercise_id)
    written, known = nfc(request.form.get("prompt", "")), request.form.get("masks", "")
    editor.keep(kit, user, exercise, written, known)
    given = editor.masks_given(kit, user, exercise, known)
    results = feedback.look_at_prompt(kit, exercise, written, given)
    seats.looked_at(kit, user, exercise, results)
    seen = _look(results, written)
    return render_template("practice/_look.html", look=seen, saved_at=now(), fragment=True)


@pages.post("/exercises/<exercise_id>/template")
def fill_in(exercise_id: str) -> str:
    """The fields of a template with the prompt sorted into them; keeps nothing."""
    user, kit = guards.signed_in(), guards.kit()
    exercises.get(kit, user, exercise_id)
    chosen = templates.template(request.form.get("template", ""))
    if chosen is None:
        raise NotFound()
    values = templates.sort(chosen, request.form.get("prompt", ""))
    return render_template("practice/_template.html", chosen=chosen, slots=templates.shown(chosen), values=values)


@pages.get("/exercises/<exercise_id>/papers/<int:number>.docx")
def paper(exercise_id: str, number: int) -> Response:
    """A document of an input's text, by its number there, as a Word file that says the same."""
    user, kit = guards.signed_in(), guards.kit()
    given = exercises.get(kit, user, exercise_id).input(request.args.get("input", ""))
    documents = [one for one in papers(given.text) if one.document]
    if not 1 <= number <= len(documents):
        raise NotFound()
    data = docx_writer.write_as_written(documents[number - 1].text)
    name = "-".join(filter(None, (exercise_id, given.id, str(number)))) + ".docx"
    return send_file(BytesIO(data), mimetype=DOCX, as_attachment=True, download_name=name)


# ── the answer ──────────────────────────────────────────────────────────────────────────────────


@pages.get("/attempts/<int:attempt_id>/stream")
def stream(attempt_id: int) -> Response:
    """Only the owner's page makes the model write; the answer of a finished attempt is replayed."""
    user, kit = guards.signed_in(), guards.kit()
    asked = practice.get(kit, user, attempt_id)
    if asked.user_id != user.id or asked.state is AttemptState.DRAFT:
        raise NotFound()
    return streaming.respond(
        practice.answer(kit, attempt_id),
        request.environ,
        seen=lambda: practice.seen(kit, attempt_id),
        watched=lambda: practice.watched(kit, attempt_id),
    )


@pages.post("/attempts/<int:attempt_id>/stop")
def stop(attempt_id: int) -> Response:
    user, kit = guards.signed_in(), guards.kit()
    practice.stop(kit, user, attempt_id)
    return redirect(url_for(".attempt", attempt_id=attempt_id), 303)


@pages.get("/attempts/<int:attempt_id>/answer")
def answer(attempt_id: int) -> str:
    user, kit = guards.signed_in(), guards.kit()
    shown, own, past = _read(kit, user, attempt_id)
    exercise, results = exercises.for_attempt(kit, shown), feedback.results(kit, attempt_id)
    return render_template(
        "practice/_answered.html",
        own=own,
        **desk_of.strip(kit, exercise, past, shown),
        **_answer(kit, shown, results),
        **desk_of.findings_of(results),
    )


@pages.get("/attempts/<int:attempt_id>/feedback")
def graded(attempt_id: int) -> Response:
    """The feedback with the marked answer and the attempts' tallies; 204 while the checks still run."""
    user, kit = guards.signed_in(), guards.kit()
    shown, own, past = _read(kit, user, attempt_id)
    if shown.graded_at is None:
        return make_response("", 204)
    exercise, results = exercises.for_attempt(kit, shown), feedback.results(kit, attempt_id)
    return make_response(
        render_template(
            "practice/_graded.html",
            exercise=exercise,
            own=own,
            given=exercise.input(shown.input),
            baselines=baseline.offered(kit, user, exercise, past, shown.input) if own else (),
            **desk_of.strip(kit, exercise, past, shown),
            **_answer(kit, shown, results),
            **desk_of.findings_of(results),
            **desk_of.revealed(kit, exercise, past),
        )
    )


# ── comparing ───────────────────────────────────────────────────────────────────────────────────


@pages.get("/exercises/<exercise_id>/compare")
def compare(exercise_id: str) -> str:
    """Two attempts of one's own, by their numbers; without them the last two."""
    user, kit = guards.signed_in(), guards.kit()
    past = {one.number: one for one in practice.history(kit, user, exercise_id) if one.over and not one.by_hand}
    if len(past) < 2:
        raise NotFound("Cần có hai lần làm xong mới so được. Anh/chị chạy câu lệnh thêm một lần.")
    numbers = sorted(past, key=int)  # type: ignore[arg-type]  # history leaves out what has no number
    a, b = request.args.get("a", numbers[-2], type=int), request.args.get("b", numbers[-1], type=int)
    if a not in past or b not in past:
        raise NotFound()
    difference = comparison.compare(kit, user, past[a].id, past[b].id)
    exercise = exercises.for_attempt(kit, past[b])
    over = [comparison.repeated(kit, tuple(past.values()), past[one]) for one in (a, b)]
    return render_template(
        "practice/compare.html",
        exercise=exercise,
        difference=difference,
        runs=[runs for runs, _counts in over],
        checks=[[counts.get(one) for _runs, counts in over] for one in over[1][1] | over[0][1]],
        inputs=[exercise.input(past[one].input) for one in (a, b)],
        numbers=numbers,
        prompt_diff=marking.mark_diff(difference.prompt_runs),
        answer_diff=marking.mark_diff(difference.answer_runs),
        same_prompt=difference.added == difference.removed == 0,
        same_answer=past[a].answer == past[b].answer,
    )


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _desk(
    kit: Kit,
    user: User,
    exercise: Exercise,
    shown: Attempt | None,
    past: Sequence[Attempt],
    *,
    prompt: str | None = None,
    parent: Attempt | None = None,
    owner: User | None = None,
    refused: str = "",
    given: str = "",
) -> str:
    """The whole page. ``prompt`` is what the editor holds, None when the prompt is only read."""
    written = prompt if prompt is not None else shown.prompt if shown else ""
    graded = feedback.results(kit, shown.id) if shown else ()
    given_masks = editor.masks_given(kit, user, exercise)
    look = _look(feedback.look_at_prompt(kit, exercise, written, given_masks), written)
    return render_template(
        "practice/desk.html",
        exercise=exercise,
        prose=desk_of.prose(exercise),
        materials=desk_of.materials(kit, exercise, given),
        inputs=desk_of.inputs(kit, exercise, given, past),
        given=exercise.input(given),
        prompt=prompt,
        prompt_marked=marking.mark_parts(written, look.spans),
        templates=templates.TEMPLATES,
        look=look,
        parent=parent,
        owner=owner,
        own=owner is None,
        baselines=() if owner else baseline.offered(kit, user, exercise, past, given),
        by_hand_too=owner is None and exercise.kind in BY_HAND_TOO and handwork.offered(exercise, given),
        refused=refused,
        absent=kit.engine.state().silent,
        **(strip(kit, user, exercise.id) if owner is None else {"sitting": None}),
        **desk_of.strip(kit, exercise, past, shown),
        **(_answer(kit, shown, graded) if shown else {"attempt": None}),
        **desk_of.findings_of(graded),
        **desk_of.revealed(kit, exercise, past),
    )


def _last(past: Sequence[Attempt], exercise: Exercise | None = None, given: str = "") -> Attempt | None:
    """The newest attempt with a prompt; with the exercise, the newest on this input of it."""
    mine = (one for one in reversed(past) if not one.by_hand)
    return next((one for one in mine if not exercise or exercise.input(one.input) == exercise.input(given)), None)


def _read(kit: Kit, user: User, attempt_id: int) -> tuple[Attempt, bool, tuple[Attempt, ...]]:
    """An attempt, whether it is the reader's own, and the attempts shown beside it."""
    shown = practice.get(kit, user, attempt_id)
    own = shown.user_id == user.id
    return shown, own, practice.history(kit, user, shown.exercise_id) if own else (shown,)


def _answer(kit: Kit, attempt: Attempt, results: Sequence[CheckResult]) -> dict[str, Any]:
    engine = kit.engine.state()
    return {
        **handin.to_check(kit, attempt),
        **opinion.told(kit, attempt),
        **desk_of.answer(attempt.answer, results, attempt.passages),
        "small": engine.small and attempt.model_sha256 == engine.sha256,
        "broke_off": BROKE_OFF.get(attempt.error, "") if attempt.state is AttemptState.FAILED else "",
    }


def _look(results: Iterable[CheckResult], prompt: str) -> Look:
    results = tuple(results)
    spans = _spans(results)
    found = {number for _start, _end, number in spans}
    told = [one for result in results if result.check == "prompt-has" for one in result.findings if one.part in NUMBERS]
    inserts = {one.part: one.insert for one in told}
    blanks = {one.part: one.spans[0] for one in told if one.spans}
    parts = tuple(
        Part(number, _(LABELS[part]), number in found, inserts.get(part, ""), blanks.get(part))
        for part, number in NUMBERS.items()
        if number in found or part in inserts
    )
    masks = tuple(
        Mask(one, span.start, span.end, one.expected)
        for result in results
        if result.check == "no-personal-data"
        for one in result.findings
        for span in one.spans[:1]
        if span.of == "prompt"
    )
    panel = desk_of.panel(one for result in results for one in result.findings)
    return Look(parts, spans, masks, panel, count_syllables(prompt))


def _spans(results: Iterable[CheckResult]) -> tuple[tuple[int, int, int], ...]:
    """Where the parts of a prompt were found, as (start, end, number); the label of a span names its part."""
    return tuple(
        (span.start, span.end, NUMBERS[span.label])
        for result in results
        if result.check == "prompt-has"
        for finding in result.findings
        for span in finding.spans
        if span.of == "prompt" and span.label in NUMBERS
    )
