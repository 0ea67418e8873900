"""Blind comparison: drawn by lot and kept, votes that append, counts that admit when they are too few."""

from __future__ import annotations

import csv
import io
import json

import pytest

from service import compare
from service.errors import BadInput, NotAllowed, NotFound
from service.kit import Kit
from service.records import Comparison, User, Winner
from service.settings import OFFICE_TIME

ANSWERS = [(f"Câu lệnh {n}", f"prompt {n}", f"Kết quả thứ {n}.", None) for n in range(3)]


@pytest.fixture
def comparison(kit: Kit, people: dict[str, User]) -> Comparison:
    return compare.plan(kit, people["dung"], "So ba bản", "tom-tat", ANSWERS)


def vote_all(kit: Kit, user: User, comparison: Comparison, winner: Winner) -> int:
    votes = 0
    while (showing := compare.next_showing(kit, user, comparison.id)) is not None:
        compare.vote(kit, user, showing.id, winner)
        votes += 1
    return votes


def test_every_judge_gets_every_pair_once_with_sides_kept(
    kit: Kit, people: dict[str, User], comparison: Comparison
) -> None:
    first = compare.next_showing(kit, people["dung"], comparison.id)
    assert first == compare.next_showing(kit, people["dung"], comparison.id), "a reload shows the same sides"
    assert first is not None and first.of == 3
    assert vote_all(kit, people["dung"], comparison, Winner.LEFT) == 3
    pairs = {frozenset((vote.left_id, vote.right_id)) for vote in compare.cast(kit, people["dung"], comparison.id)}
    assert len(pairs) == 3


def test_sides_are_drawn_by_lot(kit: Kit, people: dict[str, User]) -> None:
    """Over many comparisons the first answer stands left about half the time (p < 1e-9 to fail by chance)."""
    left = 0
    for _ in range(64):
        made = compare.plan(kit, people["dung"], "", "x", ANSWERS[:2])
        showing = compare.next_showing(kit, people["dung"], made.id)
        assert showing is not None
        left += showing.left.id == made.contestants[0].id
    assert 8 <= left <= 56


def test_a_changed_vote_replaces_the_earlier_one_and_keeps_its_row(
    kit: Kit, people: dict[str, User], comparison: Comparison
) -> None:
    showing = compare.next_showing(kit, people["dung"], comparison.id)
    assert showing is not None
    first = compare.vote(kit, people["dung"], showing.id, Winner.LEFT)
    second = compare.vote(kit, people["dung"], showing.id, Winner.RIGHT, ["gon"], "  nhìn lại  ")
    assert [vote.id for vote in compare.cast(kit, people["dung"], comparison.id)] == [second.id]
    assert (second.reasons, second.note) == (("gon",), "nhìn lại")
    assert first.id != second.id


def test_nothing_is_told_before_ones_own_votes_are_complete(
    kit: Kit, people: dict[str, User], comparison: Comparison
) -> None:
    """Neither to a judge half-way nor to one who has not looked at a pair yet; the files are no way around."""
    showing = compare.next_showing(kit, people["dung"], comparison.id)
    assert showing is not None
    compare.vote(kit, people["dung"], showing.id, Winner.LEFT)
    for judge in (people["dung"], people["thu"]):
        assert compare.blind(kit, judge, comparison.id)
        for deed in (compare.standings, compare.export_csv, compare.export_arena):
            with pytest.raises(BadInput, match="còn cặp chưa chấm"):
                deed(kit, judge, comparison.id)
    vote_all(kit, people["dung"], comparison, Winner.LEFT)
    assert not compare.blind(kit, people["dung"], comparison.id)
    assert compare.blind(kit, people["thu"], comparison.id)
    compare.close(kit, people["dung"], comparison.id)
    assert len(compare.standings(kit, people["thu"], comparison.id)) == 3


def test_votes_are_frozen_once_the_results_are_seen(kit: Kit, people: dict[str, User], comparison: Comparison) -> None:
    first = compare.next_showing(kit, people["dung"], comparison.id)
    assert first is not None
    vote_all(kit, people["dung"], comparison, Winner.LEFT)
    before = compare.cast(kit, people["dung"], comparison.id)
    with pytest.raises(BadInput, match="không sửa được nữa"):
        compare.vote(kit, people["dung"], first.id, Winner.RIGHT)
    assert compare.cast(kit, people["dung"], comparison.id) == before
    assert vote_all(kit, people["thu"], comparison, Winner.TIE) == 3, "others go on"


def test_nobody_votes_in_somebody_elses_name(kit: Kit, people: dict[str, User], comparison: Comparison) -> None:
    showing = compare.next_showing(kit, people["dung"], comparison.id)
    assert showing is not None
    with pytest.raises(NotFound):
        compare.vote(kit, people["thu"], showing.id, Winner.LEFT)


def test_learners_are_kept_out(kit: Kit, people: dict[str, User], comparison: Comparison) -> None:
    for deed in (compare.get, compare.next_showing, compare.cast, compare.standings, compare.export_csv, compare.close):
        with pytest.raises(NotAllowed):
            deed(kit, people["lan"], comparison.id)


def test_too_few_votes_give_no_rate(kit: Kit, people: dict[str, User], comparison: Comparison) -> None:
    vote_all(kit, people["dung"], comparison, Winner.TIE)
    for standing in compare.standings(kit, people["dung"], comparison.id):
        assert (standing.rate, standing.low, standing.high, standing.ties) == (None, None, None, 2)


def test_both_bad_is_told_apart_and_counts_for_nobody(
    kit: Kit, people: dict[str, User], comparison: Comparison
) -> None:
    vote_all(kit, people["dung"], comparison, Winner.BOTH_BAD)
    assert {(s.wins, s.losses, s.ties, s.both_bad) for s in compare.standings(kit, people["dung"], comparison.id)} == {
        (0, 0, 0, 2)
    }


def test_a_closed_comparison_takes_no_vote(kit: Kit, people: dict[str, User], comparison: Comparison) -> None:
    showing = compare.next_showing(kit, people["dung"], comparison.id)
    assert showing is not None
    compare.close(kit, people["dung"], comparison.id)
    assert compare.next_showing(kit, people["dung"], comparison.id) is None
    with pytest.raises(BadInput, match="khóa phiếu"):
        compare.vote(kit, people["dung"], showing.id, Winner.LEFT)


@pytest.mark.parametrize("answers", [ANSWERS[:1], [ANSWERS[0], ANSWERS[0]], [*ANSWERS[:1], ("b", "p", "  ", None)]])
def test_a_senseless_comparison_is_refused(
    kit: Kit, people: dict[str, User], answers: list[tuple[str, str, str, None]]
) -> None:
    with pytest.raises(BadInput):
        compare.plan(kit, people["dung"], "", "x", answers)
    assert compare.listing(kit, people["dung"]) == ()


def test_two_answers_that_are_the_same_are_named(kit: Kit, people: dict[str, User]) -> None:
    twice = [*ANSWERS, ("Câu lệnh 3", "p", f"{ANSWERS[1][2]} ", None)]
    with pytest.raises(BadInput, match="Câu lệnh 1 và Câu lệnh 3 giống hệt nhau"):
        compare.plan(kit, people["dung"], "", "x", twice)


def test_files_for_other_tools(kit: Kit, people: dict[str, User], comparison: Comparison) -> None:
    showing = compare.next_showing(kit, people["dung"], comparison.id)
    assert showing is not None
    given = compare.vote(kit, people["dung"], showing.id, Winner.RIGHT, ["gon", "du-viec"], "=1+1", 61.4)
    compare.close(kit, people["dung"], comparison.id)
    rows = list(
        csv.DictReader(io.StringIO(compare.export_csv(kit, people["dung"], comparison.id).removeprefix("\ufeff")))
    )
    assert rows == [
        {
            "Phiếu": str(given.id),
            "Người chấm": "1",  # judges are pseudonyms in files
            "Bản A": showing.left.label,
            "Bản B": showing.right.label,
            "Chọn": "Bản B hơn",
            "Lý do": "Gọn hơn; Đủ việc và hạn",
            "Ghi chú": "'=1+1",  # a spreadsheet must not run it
            "Số giây": "61",
            "Lúc": f"{given.at.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M:%S}",
            "Người mở phép so": "có",
            "Chấm lại": "",
        }
    ]
    arena = json.loads(compare.export_arena(kit, people["dung"], comparison.id))
    assert (arena["winner"], arena["judge"]) == ("model_b", "nguoi-cham-1")
    assert arena["extra"]["reasons"] == ["gon", "du-viec"] and arena["extra"]["opened_it"] is True
    assert arena["conversation_b"][1]["content"] == showing.right.answer
    assert {
        "question_id",
        "model_a",
        "model_b",
        "judge",
        "conversation_a",
        "turn",
        "anony",
        "language",
        "tstamp",
    } <= set(arena)


def test_a_judge_keeps_one_number_in_all_files(kit: Kit, people: dict[str, User], comparison: Comparison) -> None:
    """Numbered by their first votes: whoever joins later takes no other's number, whatever their own in the table."""
    shown = compare.next_showing(kit, people["dung"], comparison.id)
    assert shown is not None and people["thu"].id < people["dung"].id
    compare.vote(kit, people["dung"], shown.id, Winner.LEFT)
    vote_all(kit, people["thu"], comparison, Winner.TIE)
    early = [json.loads(line) for line in compare.export_arena(kit, people["thu"], comparison.id).splitlines()]
    compare.vote(kit, people["dung"], shown.id, Winner.RIGHT)  # the row of the newest vote is a later one
    vote_all(kit, people["dung"], comparison, Winner.RIGHT)
    vote_all(kit, people["quan"], comparison, Winner.LEFT)
    late = [json.loads(line) for line in compare.export_arena(kit, people["thu"], comparison.id).splitlines()]
    assert {row["judge"] for row in early if row["winner"] == "tie"} == {"nguoi-cham-2"}
    judges = {row["winner"]: row["judge"] for row in late}
    assert judges == {"model_b": "nguoi-cham-1", "tie": "nguoi-cham-2", "model_a": "nguoi-cham-3"}
    table = csv.DictReader(io.StringIO(compare.export_csv(kit, people["thu"], comparison.id).removeprefix("\ufeff")))
    assert [f"nguoi-cham-{row['Người chấm']}" for row in table] == [row["judge"] for row in late]
