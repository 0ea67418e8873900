"""Homes as officials write them: of two families, of who is paid or cared for somewhere, in a row on one person."""

from __future__ import annotations

import pytest

from service.checks.privacy import find_personal


def homes(text: str) -> list[str]:
    return [one.text for one in find_personal(text) if one.mask.startswith("[DIA_CHI_")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nhà trai ở khu 2, thị trấn Mẫu, nhà gái ở thôn Đông, xã Mẫu", ["khu 2, thị trấn Mẫu", "thôn Đông, xã Mẫu"]),
        ("họ nhà trai tại xóm Đình; họ nhà gái tại thôn Bãi", ["xóm Đình", "thôn Bãi"]),
        ("Bên trai ở tổ 4, phường Mẫu; bên gái ở xóm Đình.", ["tổ 4, phường Mẫu", "xóm Đình"]),
        ("Nhà trai: xóm Đình. Nhà gái: thôn Bãi.", ["xóm Đình", "thôn Bãi"]),
        ("Cô dâu ở thôn Bãi, chú rể ở xóm Đình.", ["thôn Bãi", "xóm Đình"]),
        ("Nhà nội ở xóm Trại, nhà ngoại ở tít thôn Bãi.", ["xóm Trại", "thôn Bãi"]),
        ("Anh Dế ở tận bản Nà Pán, đi bộ nửa ngày.", ["bản Nà Pán"]),
        ("con nhỏ gửi ông bà ở thôn Khuổi, vợ chồng đi làm xa", ["thôn Khuổi"]),
        ("hai đứa nhỏ để ông bà nội nuôi ở ấp Giữa", ["ấp Giữa"]),
        ("Hai cháu gửi ông bà ngoại tại ấp Kinh.", ["ấp Kinh"]),
        ("con gửi nhà ngoại ở bản Pa", ["bản Pa"]),
        ("con nho gui ong ba o thon Bai, vo chong em di lam xa", ["thon Bai"]),
    ],
)
def test_the_homes_of_two_families_and_of_children_in_care_are_found(text: str, found: list[str]) -> None:
    assert homes(text) == found


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("Ông Sình đang hưởng trợ cấp hằng tháng tại bản Lũng, xã Mẫu.", "bản Lũng, xã Mẫu"),
        ("ba Ly Thi Cay, vo liet si, chua tai gia, hien huong tuat hang thang o xom Nuoc", "xom Nuoc"),
        ("em moi chuyen den to 5, phuong Mau muon dang ky bao hiem", "to 5, phuong Mau"),
        ("Em dong tu 2019, so so 3621 7780 14, gio chuyen ve thon Khe thi dong o dau", "thon Khe"),
        ("Em vừa chuyển nhà sang số 8 ngõ 3 phố Mẫu, xin đổi nơi nhận thư.", "số 8 ngõ 3 phố Mẫu"),
        ("Vợ chồng cháu mới chuyển lên bản Nậm, xã Mẫu.", "bản Nậm, xã Mẫu"),
        ("Mang lương đến tận nhà số 5, ngách 2, phố Mẫu cho cụ Kính.", "nhà số 5, ngách 2, phố Mẫu"),
        ("Trả tiền tận nhà số 12, ngõ 4 cho bà Hợi.", "nhà số 12, ngõ 4"),
        ("Ông Tư Đờn ở miệt vườn Cồn Ấu, ấp 1 xin giống", "miệt vườn Cồn Ấu, ấp 1"),
        ("cho hoi ong Nam Be o miet thu U Mau, ap 7", "miet thu U Mau, ap 7"),
        ("Nguyễn Thu Hà – nữ – 03/1991 – nội trợ – thôn Dạ, xã Mẫu – sốt.", "thôn Dạ, xã Mẫu"),
        ("Lò Văn Pó - nam - 45 tuổi - làm nương - bản Huổi - gãy tay.", "bản Huổi"),
        ("BN: Tạ Thị Mận, nữ, 1960, nông dân, xóm Gò, đau bụng.", "xóm Gò"),
        ("Ông Tính, người thôn Bãi, xã Mẫu, khai.", "thôn Bãi, xã Mẫu"),
    ],
)
def test_a_home_in_other_words_is_found(text: str, home: str) -> None:
    assert homes(text) == [home]


@pytest.mark.parametrize(
    "text",
    [
        "Bà con nhận trợ cấp tại thôn Bãi; xã đang nhận hồ sơ tại thôn Bãi.",
        "Đơn của bà Tính đã chuyển xuống thôn Bãi xác minh; quà của anh Hợi vừa chuyển lên bản Nậm.",
        "Trường đã chuyển sang thôn Bãi; công văn nay chuyển về thôn Bãi.",
        "Nhà trai tổ chức tiệc tại nhà văn hóa thôn Bãi.",
        "Ông Tính, nam, nông dân, trưởng thôn Bãi, chủ trì; bà Hợi – chủ tịch – thôn Bãi dự.",
        "Ông Tính đi tập huấn tại Nhà khách Ven Hồ, số 20 đường Bờ Kè; bà Hợi ở Nhà nghỉ Hoa, số 7 phố Mẫu.",
        "Hộ bà Đào bị tốc mái nhà sau trận lốc; bà Mận, nhà sập sau cơn bão số 3; ông Tư, nhà cháy trước lúc sáng.",
        "Ông Tính xây nhà trong tuần đầu tháng 10, nhà ông sinh cuối năm.",
        "song lo sat he roi, ong Tu Don hoi",
        "chuyen 3 may cho thon nao can; em chua nop, cho em hoi to 3 hop ngay nao",
    ],
)
def test_places_of_offices_papers_and_times_are_no_homes(text: str) -> None:
    assert homes(text) == []
