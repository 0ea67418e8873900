"""The model's second opinion: held to a schema and to the words of the answer, apart from the score."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import pytest

from service import exercises, feedback, opinion, practice, worker
from service.engines.scripted import ScriptedEngine
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.records import Lane, Message, Opinion, User

ANSWER = "Xã tiêm đạt ít nhất 80% tổng đàn. Báo cáo gửi Sở trước 17 giờ 00."
ASKED = """      - {type: llm-rubric, value: [Nêu rõ nơi nhận báo cáo., Lời văn lịch sự.], metric: may, weight: 2COUNTS}
"""
REPLIES: dict[str, list[str]] = {}
"""What the fake model says of a criterion, one after another; the last for good."""


def reply(quote: str, verdict: str = "pass", reason: str = "Đủ căn cứ.") -> str:
    return json.dumps({"quote": quote, "reason": reason, "verdict": verdict}, ensure_ascii=False)


def said(messages: Sequence[Message]) -> str:
    question = messages[-1].content
    for criterion, replies in REPLIES.items():
        if criterion in question:
            return replies.pop(0) if len(replies) > 1 else replies[0]
    return reply("") if "TIÊU CHÍ" in question else ANSWER


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    REPLIES.clear()
    engine = ScriptedEngine(said)
    yield engine
    engine.close()


def attempt(kit: Kit, user: User, counts: str | None = None) -> int:
    """A graded attempt at a shipped exercise, which may ask for the model's opinion."""
    exercise_id = "tom-tat-cong-van-tiem-phong"
    if counts is not None:
        path = kit.settings.exercises / f"{exercise_id}.md"
        text = path.read_text(encoding="utf-8")
        mark = "      - {type: max-words, value: 150"
        path.write_text(text.replace(mark, ASKED.replace("COUNTS", counts) + mark, 1), encoding="utf-8")
    made = practice.begin(kit, user, exercises.get(kit, user, exercise_id), "Tóm tắt công văn trong 100 tiếng.")
    list(practice.answer(kit, made.id))
    while worker.run_once(kit):
        pass
    return made.id


def verdicts(kit: Kit, attempt_id: int) -> list[tuple[bool | None, str]]:
    return [(one.passed, one.reason) for one in opinion.of_attempt(kit, attempt_id)]


def test_a_quote_that_stands_in_the_answer_makes_an_opinion(
    seeded: Kit, people: dict[str, User], engine: ScriptedEngine
) -> None:
    REPLIES["nơi nhận"] = [reply("báo  cáo gửi sở trước 17 giờ", reason="Có nêu Sở.")]
    REPLIES["lịch sự"] = [reply("Kính mong quý cơ quan", "fail")]
    attempt_id = attempt(seeded, people["lan"], counts="")
    assert verdicts(seeded, attempt_id) == [(True, "Có nêu Sở."), (None, opinion.NO_QUOTE)]
    asked = [options for messages, options in engine.asked if "TIÊU CHÍ" in messages[-1].content]
    assert len(asked) == 2, "each criterion is asked once, however the reply turns out"
    assert {one.lane for one in asked} == {Lane.BACKGROUND}
    assert all(json.loads(one.json_schema)["required"] for one in asked)
    assert "Máy giả" not in ANSWER and ANSWER in engine.asked[-1][0][0].content
    assert all(one.metric != "may" for one in feedback.results(seeded, attempt_id)), "apart from the score"


@pytest.mark.parametrize(
    ("replies", "reason"),
    [
        (["không phải JSON"], opinion.NO_FORM),
        (['{"quote": 3, "reason": "x", "verdict": "pass"}'], opinion.NO_FORM),
        ([reply("80%", "maybe")], opinion.NO_FORM),
        ([reply("80")], opinion.NO_QUOTE),
        ([reply("", "unknown")], opinion.NO_GROUND),
        (["[" * 900, reply("tiêm đạt ít nhất 80%", "fail", "Chưa rõ ai làm.")], opinion.NO_FORM),
    ],
)
def test_what_is_no_opinion_is_not_graded(
    seeded: Kit, people: dict[str, User], replies: list[str], reason: str
) -> None:
    REPLIES["nơi nhận"] = list(replies)
    attempt_id = attempt(seeded, people["lan"], counts="")
    assert verdicts(seeded, attempt_id)[0] == (None, reason)


def test_it_counts_only_when_the_trainer_says_so(seeded: Kit, people: dict[str, User]) -> None:
    REPLIES["nơi nhận"] = [reply("Báo cáo gửi Sở")]
    REPLIES["lịch sự"] = [reply("Báo cáo gửi Sở", "fail")]
    attempt_id = attempt(seeded, people["lan"], counts=", options: {counts: true}")
    [counted] = [one for one in feedback.results(seeded, attempt_id) if one.metric == "may"]
    assert (counted.passed, counted.score, counted.weight) == (False, 0.5, 2)
    assert counted.reason == "Theo ý kiến thứ hai của máy: đạt 1/2 tiêu chí."
    while worker.run_once(seeded):
        pass
    assert len(verdicts(seeded, attempt_id)) == 2, "grading again asks nobody again"


def test_for_other_exercises_the_owner_asks_about_the_rubric(seeded: Kit, people: dict[str, User]) -> None:
    attempt_id = attempt(seeded, people["lan"])
    assert opinion.of_attempt(seeded, attempt_id) == ()
    assert opinion.may_be_asked(seeded, practice.load(seeded, attempt_id))
    for other in ("minh", "thu"):
        with pytest.raises(NotFound):
            opinion.ask(seeded, people[other], attempt_id)
    for _ in range(2):
        opinion.ask(seeded, people["lan"], attempt_id)
    waiting = opinion.of_attempt(seeded, attempt_id)
    assert waiting[0] == Opinion(0, "Đúng với nguồn: Có con số, ngày, tên nào không có trong văn bản gốc không?")
    assert len(waiting) == 4
    opinion.give_up(seeded, reason="Mô hình vừa dừng.", attempt_id=attempt_id)
    assert {(one.passed, one.reason) for one in opinion.of_attempt(seeded, attempt_id)} == {(None, "Mô hình vừa dừng.")}
    assert not opinion.may_be_asked(seeded, practice.load(seeded, attempt_id))


def test_an_answer_that_is_not_graded_yet_is_not_asked_about(seeded: Kit, people: dict[str, User]) -> None:
    lan = people["lan"]
    made = practice.begin(seeded, lan, exercises.get(seeded, lan, "tom-tat-cong-van-tiem-phong"), "Tóm tắt.")
    with pytest.raises(BadInput, match="chưa có kết quả đã soi"):
        opinion.ask(seeded, lan, made.id)
