"""References to law, addressees, and copying: each with a text that passes, one that fails, one beside the point."""

from __future__ import annotations

from service.checks.addressing import addresses
from service.checks.copying import similar_to_source
from service.checks.legal import legal_ref
from service.records import Assertion, Case, CheckResult, SourceText
from tests.rules.making_exercises import exercise

SOURCE = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư, xã giao việc."


def asked(check: object, answer: str, value: object = None) -> CheckResult:
    case = Case(prompt="", answer=answer, exercise=exercise("draft"), sources=(SourceText(1, "", SOURCE),))
    result = check(case, Assertion("x", value=value))  # type: ignore[operator]
    assert isinstance(result, CheckResult)
    return result


def test_a_reference_with_its_date_that_stands_in_the_source_passes() -> None:
    assert asked(legal_ref, "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ.").passed is True


def test_a_reference_without_its_date_fails_at_its_first_mention_only() -> None:
    answer = "Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ. Theo Nghị định số 30/2020/NĐ-CP."
    result = asked(legal_ref, answer)
    assert (result.passed, len(result.findings)) == (False, 1)
    assert answer[result.findings[0].spans[0].start :].startswith("30/2020/NĐ-CP")


def test_an_unknown_law_is_to_be_looked_up_and_never_called_wrong() -> None:
    result = asked(legal_ref, "Theo Nghị định số 99/2024/NĐ-CP ngày 01/8/2024 của Chính phủ.")
    assert result.passed is None
    assert "không có trong tài liệu" in result.findings[0].title
    assert asked(legal_ref, "Không viện dẫn gì.").passed is None


def test_addressees_are_named_at_the_head_and_again_at_the_foot() -> None:
    letter = "Kính gửi:\n- Phòng Kinh tế;\n- Trạm Y tế xã.\nĐề nghị thực hiện./.\nNơi nhận:\n- Như trên;\n- Lưu: VT."
    assert asked(addresses, letter, ["Phòng Kinh tế", "Trạm Y tế"]).passed is True
    lost = asked(addresses, letter.replace("- Như trên;", "- Văn phòng;"), ["Công an xã"])
    assert [one.title for one in lost.findings] == ["«Kính gửi» thiếu Công an xã", "«Nơi nhận» chưa có «Như trên»"]
    assert asked(addresses, "Các bạn nộp báo cáo.").passed is False
    assert asked(addresses, "Báo cáo gồm ba phần.").passed is None


def test_a_copy_is_no_summary() -> None:
    assert asked(similar_to_source, SOURCE).passed is False
    assert asked(similar_to_source, "Xã giao việc theo quy định chung về văn thư hiện hành, mỗi nơi một phần.").passed
    assert asked(similar_to_source, "Ngắn.").passed is None
