"""A long document summed up step by step: coverage, what is dropped, stop and go on, no model, other people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from service import library, summarise, worker
from service.engines.scripted import ScriptedEngine
from service.errors import BadInput, NotFound
from service.kit import Kit
from service.records import AttemptState, Document, EnginePhase, EngineState, Message, Summary, Support, User
from service.summarise import steps, taken

AREAS = ("tiêm phòng", "môi trường", "giáo dục", "giao thông", "văn hóa", "y tế")
FILLER = "Các thôn tiếp tục tuyên truyền để người dân nắm rõ và đồng thuận trong quá trình thực hiện ở cơ sở. " * 3


def report() -> str:
    """Six sections, each with a figure and a deadline of its own."""
    sections = (
        f"Chương {n}. Công tác {area}\n{FILLER}\nKinh phí {area} năm 2026 là {n}50 triệu đồng. "
        f"Giao Phòng số {n} hoàn thành trước ngày {n + 10} tháng 12 năm 2026.\n{FILLER}"
        for n, area in enumerate(AREAS, 1)
    )
    return "\n".join(sections)


@pytest.fixture
def long(kit: Kit, people: dict[str, User]) -> Document:
    document = library.accept(kit, people["lan"], "Báo cáo năm.txt", report().encode())
    library.index(kit, document.id)
    return document


def clerk(messages: Sequence[Message]) -> str:
    """A fake that notes each figure of what it is given, and one sentence that is nowhere."""
    passages = re.findall(r"^\[(\d+)\] (.*?)(?=^\[\d+\] |\Z)", messages[0].content, re.MULTILINE | re.DOTALL)
    found = [
        f"- {sentence.strip()}. [{number}]"
        for number, text in passages
        for sentence in re.findall(r"Kinh phí[^.]*|Giao Phòng[^.]*", text)
    ]
    return "\n".join([*found, "- Toàn tỉnh đạt 99,9% kế hoạch trồng rừng."])


class Absent(ScriptedEngine):
    """No model."""

    def state(self) -> EngineState:
        return EngineState(EnginePhase.ABSENT)


def to_the_end(kit: Kit, summary: Summary, user: User) -> Summary:
    while worker.run_once(kit):
        pass
    return summarise.get(kit, user, summary.id)


def test_every_part_is_read_and_every_figure_kept(kit: Kit, people: dict[str, User], long: Document) -> None:
    kit = replace(kit, engine=ScriptedEngine(clerk, context=900))
    done = to_the_end(kit, summarise.begin(kit, people["lan"], [long.id], 400, "Chủ tịch xã"), people["lan"])
    assert done.state is AttemptState.DONE and done.done == len(done.parts) >= 6
    assert done.by_model and sum(part.dropped for part in done.parts) == len(done.parts)
    for n in range(1, len(AREAS) + 1):
        assert f"{n}50 triệu đồng" in done.text and f"ngày {n + 10} tháng 12" in done.text
    assert "99,9%" not in done.text
    passages = {one.number: one.text for one in done.passages}
    for line in (line for line in done.text.split("\n") if line.startswith("- Kinh phí")):
        number = int(re.findall(r"\[(\d+)", line)[0])
        assert line[2:20] in passages[number], "each figure is carried with its source"


def test_without_a_model_rules_choose_and_it_is_said(kit: Kit, people: dict[str, User], long: Document) -> None:
    kit = replace(kit, engine=Absent())
    done = to_the_end(kit, summarise.begin(kit, people["lan"], [long.id], 300), people["lan"])
    assert done.state is AttemptState.DONE and not done.by_model
    assert all(item.quoted for part in done.parts for item in part.items or ())
    assert sum(f"{n}50 triệu đồng" in done.text for n in range(1, 7)) == 6


def test_what_is_copied_word_for_word_is_never_called_unsupported(kit: Kit, people: dict[str, User]) -> None:
    said = (
        "Số hóa 100% kết quả giải quyết ngay khi trả; số hóa xong 595 kết quả còn lại trước ngày 31 tháng 3 năm 2027."
    )
    text = f"I. NHIỆM VỤ\nXã chưa giao ai số hóa 5 kho hồ sơ cũ.\n{said}"
    document = library.accept(kit, people["lan"], "Báo cáo.txt", text.encode())
    library.index(kit, document.id)
    kit = replace(kit, engine=Absent())
    done = to_the_end(kit, summarise.begin(kit, people["lan"], [document.id], 200), people["lan"])
    assert "Mục I. NHIỆM VỤ:" in done.text and "595 kết quả" in done.text
    assert {one.support for one in done.support} == {Support.CITED}


DECISION = """QUYẾT ĐỊNH
Điều 1. Phê duyệt Đề án số hóa hồ sơ giai đoạn 2026 - 2030 với kinh phí 12 triệu đồng cho tất cả các đơn vị trong xã.
Điều 2. Giao Phòng Kinh tế chủ trì, phối hợp với Văn phòng triển khai phần mềm văn thư ở tất cả các đơn vị trong xã.
Điều 3. Hợp tác quốc tế
Quyết định này có hiệu lực kể từ ngày 01 tháng 7 năm 2026 và thay thế quyết định trước đây về cùng một nội dung."""


def decided(kit: Kit, person: User, *said: str) -> Summary:
    """The summary of ``DECISION`` where the model says these lines of the passages that hold them."""

    def answer(messages: Sequence[Message]) -> str:
        passages = re.findall(r"^\[(\d+)\] (.*?)(?=^\[\d+\] |\Z)", messages[0].content, re.MULTILINE | re.DOTALL)
        return "\n".join(
            f"- {line} [{n}]." for line in said for n, text in passages if line.split(": ")[-1].split(" [")[0] in text
        )

    document = library.accept(kit, person, "Quyết định.txt", DECISION.encode())
    library.index(kit, document.id)
    kit = replace(kit, engine=ScriptedEngine(answer))
    return to_the_end(kit, summarise.begin(kit, person, [document.id], 200), person)


def test_lines_stand_in_the_order_of_the_document_and_an_order_is_never_lost(kit: Kit, people: dict[str, User]) -> None:
    last, first = "Quyết định này có hiệu lực kể từ ngày 01 tháng 7 năm 2026", "Phê duyệt Đề án số hóa hồ sơ"
    text = decided(kit, people["lan"], last, first).text
    assert text.index("Điều 1") < text.index("Giao Phòng Kinh tế chủ trì") < text.index("Điều 3") < text.index(last)
    heads = [line for line in text.split("\n") if not line.startswith("- ")]
    assert len(heads) == len(set(heads)), text


def test_a_line_that_is_a_heading_or_has_a_gap_is_dropped(kit: Kit, people: dict[str, User]) -> None:
    text = decided(
        kit, people["lan"], "Gửi: Hợp tác quốc tế", "HỢP TÁC QUỐC TẾ", "Phê duyệt Đề án số hóa hồ sơ [cần bổ sung]"
    ).text
    assert "Gửi:" not in text and "- Hợp tác" not in text and "[cần bổ sung]" not in text


FILED = """ỦY BAN NHÂN DÂN
XÃ TRIỆU PHONG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/QĐ-UBND
Triệu Phong, ngày 05 tháng 11 năm 2026
QUYẾT ĐỊNH
Ban hành Quy chế văn thư
Điều 1. Văn bản đi
Bản gốc văn bản được lưu tại Văn thư cơ quan và hồ sơ công việc. Cán bộ gửi văn bản trong ngày. Nhiệm vụ là tổ chức.
Điều 2. Văn bản đến
Công chức có chức trách đăng ký văn bản đến trong ngày làm việc; vụ việc gấp đăng ký ngay. Chủ trì: Văn phòng.
Nơi nhận:
- Các phòng, đơn vị thuộc xã phải thực hiện trước ngày 15 tháng 12 năm 2026;
- Lưu: VT.
CHỦ TỊCH
Phạm Văn Mẫu"""


def test_head_recipients_and_signer_are_no_part_of_a_summary(kit: Kit, people: dict[str, User]) -> None:
    document = library.accept(kit, people["lan"], "Quy chế.txt", FILED.encode())
    library.index(kit, document.id)
    kit = replace(kit, engine=Absent())
    done = to_the_end(kit, summarise.begin(kit, people["lan"], [document.id], 60), people["lan"])
    read = "\n".join(one.text for part in done.parts for one in part.passages)
    assert "Văn thư cơ quan" in read and "đăng ký ngay" in read
    for frame in ("Độc lập", "Nơi nhận", "Phạm Văn Mẫu"):
        assert frame not in read
    assert [one.number for part in done.parts for one in part.passages] == [1, 2]
    assert done.left_out == 0


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Gửi: Văn thư cơ quan và hồ sơ công việc", False),
        ("Chức vụ: văn bản đến", False),
        ("Gấp: trong ngày làm việc", False),
        ("Chủ trì: Văn phòng", True),
        ("Bản gốc văn bản được lưu tại Văn thư cơ quan", True),
        ("Đăng ký: trong ngày làm việc", True),
    ],
)
def test_a_label_that_the_passage_does_not_give_is_dropped(
    kit: Kit, people: dict[str, User], said: str, kept: bool
) -> None:
    def answer(messages: Sequence[Message]) -> str:
        passages = re.findall(r"^\[(\d+)\] (.*?)(?=^\[\d+\] |\Z)", messages[0].content, re.MULTILINE | re.DOTALL)
        return "\n".join(f"- {said} [{n}]." for n, text in passages if said.rpartition(": ")[2] in text)

    document = library.accept(kit, people["lan"], "Quy chế.txt", FILED.encode())
    library.index(kit, document.id)
    kit = replace(kit, engine=ScriptedEngine(answer))
    done = to_the_end(kit, summarise.begin(kit, people["lan"], [document.id], 200), people["lan"])
    assert (f"{said}." in [item.text for part in done.parts for item in part.items or () if not item.quoted]) == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("- Gia Lộc: 344, 210. [1]", False),
        ("- Tổng cộng 912. [1]", False),
        ("- Thôn Gia Lộc có 344 hộ. [1]", True),
        ("- Trạm Y tế: phun hóa chất, 12/5. [1]", True),
    ],
)
def test_cells_of_a_table_without_its_head_are_no_sentence(
    kit: Kit, people: dict[str, User], said: str, kept: bool
) -> None:
    table = "Thôn | Số hộ | Hộ đạt\nGia Lộc | gồm 344, 210 | 5\nGia Lộc | 344 | 210\nTổng cộng | 912 | 640"
    table += "\nTrạm Y tế | phun hóa chất | 12/5"
    document = library.accept(
        kit, people["lan"], "Bảng.txt", f"Kết quả rà soát hộ ở các thôn như sau:\n{table}".encode()
    )
    library.index(kit, document.id)
    kit = replace(kit, engine=ScriptedEngine(lambda _: said))
    done = to_the_end(kit, summarise.begin(kit, people["lan"], [document.id], 300), people["lan"])
    assert (said.removesuffix(". [1]") in done.text) == kept


def test_it_stops_keeps_what_is_read_and_goes_on(kit: Kit, people: dict[str, User], long: Document) -> None:
    engine = ScriptedEngine(clerk, context=900)
    kit, lan = replace(kit, engine=engine), people["lan"]
    begun = summarise.begin(kit, lan, [long.id])
    for _ in range(3):
        assert worker.run_once(kit)
    summarise.stop(kit, lan, begun.id)
    halted = to_the_end(kit, begun, lan)
    assert halted.state is AttemptState.STOPPED and 0 < halted.done < len(halted.parts)
    asked = len(engine.asked)
    summarise.go_on(kit, lan, begun.id)
    done = to_the_end(kit, begun, lan)
    assert done.state is AttemptState.DONE
    assert len(engine.asked) - asked <= len(halted.parts) - halted.done + 1, "nothing is read twice"


def test_a_step_that_runs_twice_writes_once(kit: Kit, people: dict[str, User], long: Document) -> None:
    kit = replace(kit, engine=ScriptedEngine(clerk, context=900))
    begun = summarise.begin(kit, people["lan"], [long.id])
    steps.step(kit, begun.id)
    parts = len(summarise.get(kit, people["lan"], begun.id).parts)
    steps.step(kit, begun.id)
    steps.step(kit, begun.id)
    found = summarise.get(kit, people["lan"], begun.id)
    assert (len(found.parts), found.done) == (parts, 2)


def test_a_broken_model_is_told_and_loses_nothing(kit: Kit, people: dict[str, User], long: Document) -> None:
    kit = replace(kit, engine=ScriptedEngine(clerk, context=900, break_after=0))
    begun = summarise.begin(kit, people["lan"], [long.id])
    steps.step(kit, begun.id)
    steps.give_up(kit, reason="Mô hình vừa dừng.", summary_id=begun.id)
    found = summarise.get(kit, people["lan"], begun.id)
    assert (found.state, found.error) == (AttemptState.FAILED, "Mô hình vừa dừng.") and found.parts


def test_several_documents_are_one_summary(kit: Kit, people: dict[str, User], long: Document) -> None:
    other = library.accept(kit, people["lan"], "Thông báo.txt", "Nộp tiền trước ngày 5 tháng 1 năm 2027.".encode())
    library.index(kit, other.id)
    kit = replace(kit, engine=ScriptedEngine(clerk, context=900))
    done = to_the_end(kit, summarise.begin(kit, people["lan"], [long.id, other.id], 600), people["lan"])
    assert "ngày 5 tháng 1 năm 2027" in done.text and "350 triệu đồng" in done.text


def test_a_removed_summary_is_left_alone(kit: Kit, people: dict[str, User], long: Document) -> None:
    begun = summarise.begin(kit, people["lan"], [long.id])
    summarise.remove(kit, people["lan"], begun.id)
    steps.step(kit, begun.id)
    assert summarise.history(kit, people["lan"]) == ()


def test_others_reach_nothing_of_it(kit: Kit, people: dict[str, User], long: Document) -> None:
    begun = summarise.begin(kit, people["lan"], [long.id])
    for name in ("minh", "thu", "dung", "quan"):
        for deed in (summarise.get, summarise.stop, summarise.go_on, summarise.remove, taken.export):
            with pytest.raises(NotFound):
                deed(kit, people[name], begun.id)
        with pytest.raises(NotFound):
            summarise.begin(kit, people[name], [long.id])


@pytest.mark.parametrize(("chosen", "length"), [(False, 400), (True, 5), (True, 90_000)])
def test_bad_wishes_are_refused(kit: Kit, people: dict[str, User], long: Document, chosen: bool, length: int) -> None:
    with pytest.raises(BadInput):
        summarise.begin(kit, people["lan"], [long.id] if chosen else [], length)
