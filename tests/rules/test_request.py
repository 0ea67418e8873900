"""What document a prompt asks for, and with what words the program begins it."""

from __future__ import annotations

import pytest

from service.nd30.kinds import KINDS, Kind
from service.nd30.request import kind_asked, opening


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
@pytest.mark.parametrize("prompt", ["Soạn {name} theo ghi chép.", "nhờ em viết giúp {name} này nhé", "{title} cho xã"])
def test_every_kind_of_the_decree_is_known(kind: Kind, prompt: str) -> None:
    asked = prompt.format(name=kind.name.lower(), title=kind.title)
    assert kind_asked(asked) is kind
    assert opening(asked) == (f"{kind.title}\n" if kind.has_title else "V/v")


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("Viet cong van cam on Cong ty da tang nuoc", "cong_van"),
        ("soạn giúp cái giấy mời các hiệu trưởng tới họp", "giay_moi"),
        ("Làm thư mời họp theo thông tin đã cho", "giay_moi"),
        ("# MỤC TIÊU: một giấy mời lịch sự", "giay_moi"),
        ("Thực hiện Kế hoạch số 12/KH-UBND, soạn công văn đôn đốc", "cong_van"),
        ("Nội dung: rà soát chương trình.\nLập tờ trình xin kinh phí", "to_trinh"),
        ("Vai trò: chuyên viên. Nhiệm vụ: dự thảo kế hoạch tổ chức giải cờ", "ke_hoach"),
        ("Tóm tắt tài liệu trong 3 ý.", None),
        ("Ai chủ trì cuộc họp?", None),
        ("Không soạn thông báo mà soạn công văn", "cong_van"),
        ("Đừng viết giấy mời, hãy viết công văn", "cong_van"),
        ("Bạn là chuyên viên soạn thảo báo cáo. Hãy viết tờ trình", "to_trinh"),
        ("Vai trò: cán bộ soạn công văn. Nhiệm vụ: soạn giấy mời", "giay_moi"),
        ("Làm theo hướng dẫn sau: soạn giấy mời", "giay_moi"),
        ("Viết theo quy định: giấy mời họp", "giay_moi"),
        ("Soạn giấy mời họp theo thông báo số 5", "giay_moi"),
        ("Soạn báo cáo rồi viết tờ trình", None),
        ("", None),
    ],
)
def test_the_kind_is_that_which_is_to_be_written(prompt: str, kind: str | None) -> None:
    found = kind_asked(prompt)
    assert (found.id if found else None) == kind


@pytest.mark.parametrize(
    "prompt",
    [
        "Soạn giấy mời. Chỉ viết phần nội dung.",
        "Soạn giấy mời. Không cần tên loại, chỉ nội dung.",
        "Soạn riêng Điều về giờ mượn sân trong quy chế",
        "Viết một đoạn mở đầu cho báo cáo",
        "Tóm tắt giúp tôi",
        "Từ ghi chép, soạn phần nội dung tờ trình từ “Kính gửi:”",
        "Soạn thông báo, không cần tiêu đề",
        "Soạn giấy giới thiệu có đủ quốc hiệu, tiêu ngữ",
        "Sửa thông báo này cho gọn",
        "Viết lại công văn trên",
        "Tóm tắt thông báo sau thành 3 ý",
        "Kiểm tra thông báo sau có đúng thể thức không?",
        "Cho tôi xin ý kiến về báo cáo này",
        "Soạn dàn ý báo cáo",
        "Viết câu mở đầu cho giấy mời",
        "Viết tin nhắn Zalo thông báo nghỉ học",
    ],
)
def test_a_part_of_a_document_has_no_title(prompt: str) -> None:
    assert opening(prompt) == ""


def test_of_a_long_prompt_the_beginning_is_looked_at() -> None:
    assert opening("\n" * 100_000 + "soạn giấy mời") == ""
    assert opening("soạn giấy mời" + "\n" * 100_000) == "GIẤY MỜI\n"
