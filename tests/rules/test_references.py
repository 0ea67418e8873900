"""Documents and articles are recognised however people name them, and nothing else is."""

from __future__ import annotations

import pytest

from service.index.references import articles, longest, own_sign, read


@pytest.mark.parametrize(
    ("query", "sign"),
    [
        ("123/QĐ-UBND", "123/qd-ubnd"),
        ("so 123/qd-ubnd", "123/qd-ubnd"),
        ("123/QĐ", "123/qd-ubnd"),
        ("nd 30", "30/2020/nd-cp"),
        ("NĐ 30/2020", "30/2020/nd-cp"),
        ("nghị định số 30 năm 2020 quy định gì", "30/2020/nd-cp"),
        ("30/2020/NĐ–CP", "30/2020/nd-cp"),
        ("thong tu 01", "1/2026/tt-bnv"),
        ("công văn 1284", "1284/snnmt-cnty"),
        ("cv 1284", "1284/snnmt-cnty"),
        ("kế hoạch số 186", "186/kh-ubnd"),
        ("luật số 45/2019", "45/2019/qh14"),
        ("tờ trình 05", "5/ttr-ubnd"),
    ],
)
def test_a_document_asked_for_by_number(query: str, sign: str) -> None:
    assert read(query).numbers(sign)


@pytest.mark.parametrize(
    ("query", "sign"),
    [
        ("123/QĐ-UBND", "123/qd-hdnd"),
        ("nd 30", "30/2020/tt-bnv"),
        ("nd 30", "130/2020/nd-cp"),
        ("nghị định 30/2020", "30/2015/nd-cp"),
        ("cv 1284", "1284/qd-ubnd"),
        ("sau khi đã 30 lần nhắc", "30/da-ubnd"),
        ("kế hoạch 30 ngày", "30/kh-ubnd"),
        ("phương án 2 khác gì phương án 1", "2/pa-ubnd"),
        ("báo cáo 15% hộ nghèo", "15/bc-ubnd"),
        ("hồ sơ gồm những gì", "30/2020/nd-cp"),
        ("nd 30", ""),
    ],
)
def test_another_document_is_not_meant(query: str, sign: str) -> None:
    assert not read(query).numbers(sign)


def test_a_title_is_named_whole_with_or_without_its_kind() -> None:
    assert read("điều 12 luật đất đai").names("luat dat dai")
    assert read("dieu 12 dat dai").names("luat dat dai")
    assert not read("điều 12 bộ luật tố tụng dân sự").names("bo luat dan su")
    assert not read("đất").names("luat dat dai")
    assert not read("điều 12").names("")


def test_the_longer_title_is_meant() -> None:
    assert longest([(1, "luat giao duc"), (2, "luat giao duc dai hoc"), (3, "luat dat dai")]) == {2, 3}


def test_articles_of_a_query_and_of_a_heading() -> None:
    assert read("khoản 2 Điều 12a và điều 13").articles == {"12a", "13"}
    assert articles("Chương II › Điều 12. Hành vi bị cấm › khoản 3") == {"12"}
    assert articles("mục I") == frozenset()


@pytest.mark.parametrize(
    ("opening", "sign"),
    [
        ("ỦY BAN NHÂN DÂN\nSố: 30/2026/QĐ-UBND\nCăn cứ Luật số 5/2015/QH13;", "30/2026/qd-ubnd"),
        ("Luật số: 91/2015/QH13", "91/2015/qh13"),
        ("Số:    /KH-UBND\nThực hiện Kế hoạch số 12/KH-UBND", ""),
        ("Căn cứ Nghị định số 30/2020/NĐ-CP;\nSố: 4/TB-UBND", ""),
        ("Số: 05/TTr-UBND", "5/ttr-ubnd"),
        ("Kính gửi các đơn vị", ""),
    ],
)
def test_the_number_a_document_bears_itself(opening: str, sign: str) -> None:
    assert own_sign(opening) == sign
