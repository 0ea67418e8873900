"""How people ask: short, complete, framed (CO-STAR, RTF, seven parts), polite, hurried, unaccented."""

from __future__ import annotations

from training import wording
from training.notes import bare
from training.words import Chance, capital, small

VERBS = "Soạn|Viết|Dự thảo|Soạn thảo|Làm|Hãy soạn|Hãy viết|Giúp tôi soạn|Nhờ soạn|Anh/chị soạn|Xây dựng|Lập|Hoàn thiện|Em soạn".split(
    "|"
)
FROM = (
    "theo thông tin đã cho|từ ghi chép trên|từ tài liệu kèm theo|từ thông tin trên|dựa vào nội dung đã cung cấp|theo ghi chép|căn cứ "
    "tài liệu|từ các ý sau|theo các ý đã ghi|với các thông tin này|bám sát tài liệu|chỉ từ tài liệu kèm theo"
).split("|")
LIMITS = (
    "Thiếu thông tin thì ghi [cần bổ sung].|Không tự thêm số liệu.|Không bịa thông tin.|Chỉ dùng thông tin đã cho.|Chép nguyên số, "
    "ngày, tên riêng.|Chỗ nào thiếu để [cần bổ sung].|Không suy đoán.|Giữ đúng số liệu.|Văn phong hành chính.|Câu ngắn, rõ."
).split("|")
ROLES = (
    "chuyên viên Văn phòng Ủy ban nhân dân xã|công chức văn hóa - xã hội|cán bộ văn thư|chuyên viên tổng hợp của sở|công chức tư "
    "pháp - hộ tịch|thư ký lãnh đạo|chuyên viên phòng Kinh tế|cán bộ Trung tâm Phục vụ hành chính công|Trưởng thôn|kế toán xã"
).split("|")
READERS = (
    "các phòng, đơn vị|người dân trong xã|lãnh đạo Ủy ban|Trưởng các thôn|cơ quan cấp trên|doanh nghiệp|hội viên".split(
        "|"
    )
)
CHECKS = (
    "Kiểm tra lại số, ngày và tên trước khi kết thúc.|Rà lại tên riêng.|Cuối cùng kiểm tra lại từng con số.|Đối chiếu lại với tài "
    "liệu.|Tự kiểm tra trước khi trả lời."
).split("|")


def _one(chance: Chance, work: str) -> str:
    return f"{work}{chance.one('.', '', '!', ' nhé.', ' giúp tôi.')}"


def _from(chance: Chance, work: str) -> str:
    return f"{work} {chance.of(FROM)}."


def _limited(chance: Chance, work: str) -> str:
    return " ".join([f"{work} {chance.of(FROM)}.", *chance.some(LIMITS, 1, 2)])


def _role(chance: Chance, work: str) -> str:
    opening = chance.one("Bạn là", "Đóng vai", "Với vai trò", "Tôi là", "Anh/chị là")
    return f"{opening} {chance.of(ROLES)}. {work} {chance.of(FROM)}. {chance.of(LIMITS)}"


def _seven(chance: Chance, work: str) -> str:
    text = f"Bạn là {chance.of(ROLES)}. Văn bản gửi {chance.of(READERS)}. {work} {chance.of(FROM)}. "
    return text + " ".join(chance.some(LIMITS, 1, 3)) + " " + chance.of(CHECKS)


def _slots(chance: Chance, work: str) -> str:
    lines = [
        f"Vai trò: {chance.of(ROLES)}",
        f"Bối cảnh: gửi {chance.of(READERS)}",
        f"Nhiệm vụ: {small(work)}",
        f"Dữ liệu: {chance.of(('tài liệu kèm theo', 'ghi chép đã cho', 'chỉ dùng tài liệu kèm theo'))}",
        f"Ràng buộc: {small(chance.of(LIMITS))}",
        f"Tự kiểm tra: {small(chance.of(CHECKS))}",
    ]
    return "\n".join(lines)


def _rtf(chance: Chance, work: str) -> str:
    names = chance.random.choice((("Role", "Task", "Format"), ("Vai trò", "Nhiệm vụ", "Định dạng"), ("R", "T", "F")))
    style = chance.of(("văn bản hành chính", "đúng mẫu", "ngắn gọn, đúng thể thức"))
    return f"{names[0]}: {chance.of(ROLES)}\n{names[1]}: {small(work)} {chance.of(FROM)}\n{names[2]}: {style}"


def _costar(chance: Chance, work: str) -> str:
    return (
        f"Context: {chance.of(ROLES)} cần văn bản {chance.of(FROM)}\nObjective: {small(work)}\nStyle: hành chính\nTone: trang trọng\n"
        f"Audience: {chance.of(READERS)}\nResponse: chỉ ghi thông tin đã cho"
    )


def _sloppy(chance: Chance, work: str) -> str:
    text = small(work)
    return chance.one(
        f"{text} tu ghi chep nay gium",
        f"e ơi {text} {chance.of(FROM)} với",
        f"{text} theo tài liệu",
        f"{text} đi, theo ghi chép ấy",
        f"ok {text} từ thông tin trên",
    )


def _bare(chance: Chance, work: str) -> str:
    return bare(_from(chance, small(work)))


def _written(chance: Chance, work: str) -> str:
    """One of the requests written by hand."""
    pattern = chance.of(wording.requests()).replace("\\n", "\n")
    job = work if pattern.startswith("{work}") else small(work)
    return pattern.format(work=bare(job) if bare(pattern) == pattern else job)


STYLES = (
    (_from, 6),
    (_written, 9),
    (_limited, 5),
    (_role, 3),
    (_seven, 2),
    (_slots, 1),
    (_rtf, 1),
    (_costar, 1),
    (_sloppy, 2),
    (_bare, 1),
    (_one, 0),
)
_WEIGHTS = [weight for _, weight in STYLES]


def asked(chance: Chance, work: str) -> str:
    """A prompt for this piece of work («soạn giấy mời»), from somebody who points at the material."""
    return chance.random.choices([style for style, _ in STYLES], _WEIGHTS)[0](chance, capital(work))


def vaguely(chance: Chance, work: str) -> str:
    """A prompt that names the job and nothing else."""
    text = _one(chance, capital(work) if chance.odds(0.6) else small(work))
    return bare(text) if chance.odds(0.1) else text
