"""What is not in the decree and still useful; X7 is another law's."""

from __future__ import annotations

from service.nd30.rules.rule import Check, Rule, Severity

RULES = (
    Rule(
        "ND30-X1",
        Severity.WARNING,
        "",
        "Khoảng trắng quanh dấu câu",
        "Một khoảng trắng giữa hai chữ; không có khoảng trắng trước dấu câu, có một khoảng trắng sau dấu câu.",
        "Bỏ khoảng trắng thừa, thêm chỗ còn thiếu.",
        "Không để khoảng trắng thừa và đặt dấu câu sát chữ đứng trước.",
        check=Check.TEXT,
    ),
    Rule(
        "ND30-X2",
        Severity.WARNING,
        "",
        "Dấu thanh đặt theo một kiểu",
        "Một văn bản nên viết thống nhất “hòa, ủy” hoặc “hoà, uỷ” để tìm kiếm được.",
        "Chọn một kiểu đặt dấu rồi thay ở các chỗ còn lại.",
        "Đặt dấu thanh thống nhất trong cả văn bản.",
        check=Check.TEXT,
    ),
    Rule(
        "ND30-X3",
        Severity.WARNING,
        "",
        "Chính tả",
        "Chữ viết sai làm người đọc hiểu lầm và làm giảm sự trang trọng của văn bản.",
        "Sửa lại chữ viết sai.",
        "Viết đúng chính tả.",
        check=Check.TEXT,
    ),
    Rule(
        "ND30-X4",
        Severity.ERROR,
        "",
        "Không còn dấu vết của câu trả lời do máy viết",
        "Dấu **, #, hình biểu cảm và lời dẫn như “Dưới đây là …” không thuộc văn bản.",
        "Xóa các dấu và lời dẫn này.",
        "Chỉ viết văn bản, không thêm lời dẫn, không dùng ký hiệu trình bày.",
        check=Check.TEXT,
    ),
    Rule(
        "ND30-X5",
        Severity.ERROR,
        "",
        "Không còn chỗ để trống khi phát hành",
        "Chỗ để trống cần người có trách nhiệm điền; máy không được tự nghĩ ra.",
        "Điền từng chỗ còn trống theo hồ sơ, hoặc hỏi đơn vị có số liệu.",
        check=Check.TEXT,
    ),
    Rule(
        "ND30-X6",
        Severity.ERROR,
        "",
        "Số viện dẫn khớp với tên loại",
        "Ký hiệu phải mang chữ viết tắt của chính loại văn bản được viện dẫn, ví dụ Nghị định là “NĐ-CP”.",
        "Mở văn bản gốc để đối chiếu số và ký hiệu.",
        "Số và ký hiệu viện dẫn phải khớp với tên loại.",
        check=Check.TEXT,
    ),
    Rule(
        "ND30-X7",
        Severity.WARNING,
        "Luật Tổ chức chính quyền địa phương số 72/2025/QH15, Điều 1",
        "Chính quyền địa phương hai cấp",
        "Từ ngày 01 tháng 7 năm 2025 chỉ còn cấp tỉnh và cấp xã (xã, phường, đặc khu); huyện, quận, thị xã, thị "
        "trấn không còn là đơn vị hành chính.",
        "Ghi tên xã, phường, đặc khu hiện nay, hoặc thêm chữ “cũ”.",
        "Chỉ dùng tên đơn vị hành chính hiện nay: tỉnh, thành phố, xã, phường, đặc khu.",
        check=Check.TEXT,
    ),
    Rule(
        "ND30-X8",
        Severity.INFO,
        "",
        "Tên đơn vị hành chính sau sắp xếp",
        "Tên tỉnh, xã sau sắp xếp năm 2025 cần đối chiếu với nghị quyết sắp xếp.",
        "Đối chiếu tên địa phương với nghị quyết sắp xếp đơn vị hành chính.",
    ),
)
