"""The results as a ranking in tiers: the drawing, the figures of the judges, what is missing, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service import compare
from service.kit import Kit
from service.pages import ranking as drawing
from service.records import Measured, Panel, Ranked, Ranking, User
from tests.service.test_compare_counting import earlier, judge_all, jury, later, opened

ClientOf = Callable[[str], FlaskClient]
NOBODY = Panel(1, 3, None, None, None, 0, None, None, 0)


def row(id_: int, score: float, tier: int | None, half: float = 30, votes: int = 40) -> Ranked:
    return Ranked(id_, votes, score, score - half, score + half, tier)


def test_tiers_are_told_and_drawn(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"])
    for n, judge in enumerate([people["dung"], *jury(kit, 11)]):
        judge_all(kit, judge, comparison, later if n == 5 else earlier)
    page = client_of("dung").get(f"/votes/{comparison.id}/results").text
    assert "36 phiếu của 12 người chấm, tính đến ngày" in page
    assert "Nhóm 1</text>" in page and page.count('class="point"') == 3 and 'class="point thin"' not in page
    assert "chưa xếp" not in page and "để được xếp" not in page
    assert "Bản mở đầu một nhóm kém rõ ít nhất một bản của nhóm ngay trên." in page
    assert "12 người chấm, 3 cặp." in page and "3 phiếu là của người mở phép so" in page
    _head, *rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    assert ["Bản 0" in one for one in rows] == [True, False, False]
    assert ['data-head="Nhóm">1<' in one for one in rows][::2] == [True, False]
    assert 'style="' not in page


def test_of_one_tier_no_border_is_told(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"])
    for n, judge in enumerate([people["dung"], *jury(kit, 11)]):
        judge_all(kit, judge, comparison, later if n % 2 else earlier)
    page = client_of("dung").get(f"/votes/{comparison.id}/results").text
    assert "Một nhóm: chưa nói được bản nào hơn" in page and "Bản mở đầu một nhóm" not in page


def test_too_few_votes_are_told_with_how_many_are_missing(
    client_of: ClientOf, kit: Kit, people: dict[str, User]
) -> None:
    comparison = opened(kit, people["dung"])
    judge_all(kit, people["dung"], comparison, earlier)
    page = client_of("dung").get(f"/votes/{comparison.id}/results").text
    assert "Chưa đủ phiếu để xếp nhóm" in page and "chưa xếp, cần ít nhất 20 phiếu" in page and "%%" not in page
    assert "Có bản còn thiếu 18 phiếu để được xếp." in page and "Cần thêm ít nhất 9 người chấm hết các cặp." in page
    assert f"http://localhost/votes/{comparison.id}</span>" in page
    assert page.count('class="point thin"') == 3 and "Mới có một người chấm:" in page
    compare.close(kit, people["dung"], comparison.id)
    assert "muốn thêm phiếu thì mở phép so mới" in client_of("dung").get(f"/votes/{comparison.id}/results").text


def test_another_comparison_that_waits_is_led_to(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    comparison, other = opened(kit, people["dung"]), opened(kit, people["thu"], 4)
    judge_all(kit, people["dung"], comparison, earlier)
    page = client_of("dung").get(f"/votes/{comparison.id}/results").text
    assert "Phép so này mới có 0 phiếu, cần ít nhất 40 để xếp." in page
    assert f'<a href="/votes/{other.id}">Bắt đầu chấm</a>' in page


def test_the_menu_leads_to_the_newest_ranking_that_one_may_see(
    client_of: ClientOf, kit: Kit, people: dict[str, User]
) -> None:
    dung = client_of("dung")
    empty = dung.get("/votes/ranking", follow_redirects=True)
    assert empty.status_code == 200 and "Chưa có phép so nào để xếp nhóm." in empty.text
    comparison, other = opened(kit, people["dung"]), opened(kit, people["dung"], 4)
    judge_all(kit, people["dung"], comparison, earlier)
    judge_all(kit, people["thu"], other, earlier)
    page = dung.get("/votes/ranking").text
    assert f'action="/votes/{comparison.id}/close"' in page and "Chưa đủ phiếu để xếp nhóm" in page
    assert '<a href="/votes/ranking" aria-current="page">Xếp nhóm</a>' in page
    assert f'action="/votes/{other.id}/close"' in client_of("thu").get("/votes/ranking").text
    compare.close(kit, people["dung"], other.id)
    assert f"/votes/{other.id}/export.csv" in dung.get("/votes/ranking").text, "closed, all may see it"
    listing = dung.get("/votes").text
    assert f'href="/votes/{comparison.id}/results">Xếp nhóm</a>' in listing
    assert client_of("lan").get("/votes/ranking").status_code == 403


def test_the_blind_see_nothing_of_it(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"])
    judge_all(kit, people["dung"], comparison, earlier)
    page = client_of("thu").get(f"/votes/{comparison.id}/results").text
    assert "Anh/chị còn cặp chưa chấm." in page
    assert not re.search(r"<svg class=\"plot|Krippendorff|Nhóm|Bản \d|export", page)


def test_it_is_told_in_english(client_of: ClientOf, kit: Kit, people: dict[str, User]) -> None:
    comparison = opened(kit, people["dung"], 5)
    for judge in (people["dung"], people["thu"], people["quan"]):
        judge_all(kit, judge, comparison, earlier)
    client = client_of("dung")
    client.get("/?lang=en")
    page = client.get(f"/votes/{comparison.id}/results").text
    assert "Do the judges agree?" in page and "Unranked</text>" in page and "Krippendorff’s alpha" in page


def test_the_drawing_keeps_to_its_scale(app: Flask) -> None:
    rows = (row(1, 90, 1), row(2, 60, 1), row(3, -150, 2), row(4, 400, None, half=900, votes=3))
    with app.test_request_context():
        plot = drawing.plot(Ranking(rows, 9), {1: "Một", 2: "Hai", 3: "Ba", 4: "x" * 60})
    dots = [line.dot for line in plot.lines]
    assert dots[3] > dots[0] > dots[1] > plot.zero > dots[2]
    for line in plot.lines:
        assert drawing.LEFT <= line.low <= line.dot <= line.high <= drawing.RIGHT
    assert (plot.lines[3].low, plot.lines[3].high) == (drawing.LEFT, drawing.RIGHT), (
        "a wider interval ends at the border"
    )
    assert [line.head for line in plot.lines] == ["Nhóm 1", "", "Nhóm 2", "Chưa xếp"]
    assert [line.ranked for line in plot.lines] == [True, True, True, False]
    assert len(plot.lines[3].name) == drawing.NAME and plot.lines[3].name.endswith("…")
    assert plot.bands == ((30, 84),) and plot.lines[3].y - plot.lines[2].y == drawing.ROW + drawing.GAP
    assert ("0" in [said for _x, said in plot.ticks]) and len(plot.ticks) <= drawing.MOST_TICKS + 1
    assert all(drawing.LEFT <= x <= drawing.RIGHT for x, _said in plot.ticks)


def test_of_nobody_ranked_the_intervals_are_the_scale(app: Flask) -> None:
    with app.test_request_context():
        plot = drawing.plot(Ranking((row(1, 5, None, 300), row(2, -5, None, 300)), 1), {1: "Một", 2: "Hai"})
    assert (plot.lines[0].high, plot.lines[1].low) == (drawing.RIGHT, drawing.LEFT)
    assert [line.head for line in plot.lines] == ["Chưa xếp", ""] and plot.bands == ()


def test_an_interval_without_end_leaves_the_dots_apart(app: Flask) -> None:
    """Of two judges an interval reaches over thousands of points."""
    with app.test_request_context():
        plot = drawing.plot(Ranking((row(1, 300, 1, 9000), row(2, -300, 1, 9000)), 2), {1: "Một", 2: "Hai"})
    first, second = plot.lines
    assert first.dot - second.dot > 0.25 * (drawing.RIGHT - drawing.LEFT)
    assert (first.high, second.low) == (drawing.RIGHT, drawing.LEFT)


@pytest.mark.parametrize(
    ("changed", "n", "value", "said"),
    [
        ({}, 0, "–", "cần ít nhất hai người"),
        ({"alpha": Measured(0.68, 40, 0.5, 0.8), "pairs": 5}, 0, "0,68", "Khoảng 95% từ 0,50 đến 0,80. Khá"),
        ({"agreed": Measured(1, 9)}, 0, "–", "mọi phiếu đều nói như nhau"),
        ({"agreed": Measured(1, 9), "pairs": 10}, 1, "–", "mọi phiếu đều nói như nhau"),
        ({"alpha": Measured(-0.05, 40, -0.43, 0.27), "pairs": 15}, 0, "−0,05", "từ −0,43 đến 0,27. Thấp, dưới 0,67"),
        (
            {"alpha": Measured(1, 40), "pairs": 15},
            0,
            "1,00",
            "Chưa ai chấm khác ai nên chưa có khoảng 95%. Cao",
        ),
        ({"alpha": Measured(0.4, 40), "agreed": Measured(0.6, 9)}, 0, "0,40", "giống nhau ở 60% số lần"),
        ({"pairs": 10}, 1, "–", "chung ít nhất 10 cặp"),
        ({}, 1, "–", "mới có 3 cặp: dưới 10 cặp thì khoảng 95% rộng quá"),
        ({}, 1, "–", "Phép so từ 5 bản mới đủ cặp."),
        ({"kappa": Measured(1, 10), "couples": 1}, 1, "1,00", "10 cặp. Chưa ai chấm khác ai nên chưa có khoảng 95%."),
        ({"kappa": Measured(-0.1, 12, -0.44, 0.3), "couples": 3}, 1, "−0,10", "thấp nhất −0,44, cao nhất 0,30."),
        (
            {"kappa": Measured(0.61, 120, 0.5, 0.72), "couples": 1},
            1,
            "0,61",
            "120 cặp. Khoảng 95% từ 0,50 đến 0,72. Khá",
        ),
        (
            {"kappa": Measured(0.5, 12, 0.2, 0.9), "couples": 3},
            1,
            "0,50",
            "3 đôi người chấm, thấp nhất 0,20, cao nhất 0,90.",
        ),
        ({"kappa": Measured(0.1, 12, -0.2, 0.4), "couples": 1}, 1, "0,10", "Thấp"),
        ({}, 2, "–", "chưa có cặp nào được hỏi lại"),
        (
            {"steady": Measured(0.9, 80, 0.81, 0.95)},
            2,
            "90%",
            "Khoảng 95% từ 81% đến 95%. Người chấm nhất quán",
        ),
        ({"steady": Measured(0.81, 20, 0.6, 0.92)}, 2, "81%", "chưa kết luận được"),
        ({"steady": Measured(0.5, 80, 0.39, 0.61)}, 2, "50%", "Dưới mức 75%"),
        ({}, 3, "–", "chưa có phiếu nào chọn một bên"),
        ({"left": Measured(0.5, 2000, 0.478, 0.522)}, 3, "50%", "không nghiêng"),
        ({"left": Measured(0.54, 480, 0.495, 0.584)}, 3, "54%", "Trong mức, nhưng"),
        ({"left": Measured(0.6, 30, 0.42, 0.75)}, 3, "60%", "có thể do ngẫu nhiên"),
        ({"left": Measured(0.8, 100, 0.71, 0.87)}, 3, "80%", "nghiêng về một bên"),
    ],
)
def test_each_figure_says_what_it_means(app: Flask, changed: dict[str, object], n: int, value: str, said: str) -> None:
    with app.test_request_context():
        figure = drawing.figures(replace(NOBODY, **changed))[n]  # type: ignore[arg-type]
    assert figure.value == value and said in " ".join(figure.said)


def test_of_too_few_pairs_nothing_is_concluded(app: Flask) -> None:
    """Five of six judges of the one pair that there is: an alpha of 0.44 tells neither of them nor of the criteria."""
    with app.test_request_context():
        (figure, *_rest) = drawing.figures(replace(NOBODY, alpha=Measured(0.44, 6), agreed=Measured(0.67, 15), pairs=1))
    told = " ".join(figure.said)
    assert figure.value == "0,44" and "chưa kết luận được. Hai người bất kỳ nói giống nhau ở 67% số lần." in told
    assert "Thấp" not in told
