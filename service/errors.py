"""Everything that can go wrong and be told to a person.

    HocVuError                    code, HTTP status, a Vietnamese sentence with named facts
    ├── NotFound                  the thing is not there (or is not yours: the answer is the same)
    ├── NotAllowed                signed in, but not for this
    ├── SignInNeeded
    ├── KeyNeeded                 a program came without a key that opens
    ├── BadInput                  a form or a file asks for something that cannot be
    │   ├── TooLarge · WrongFormat · Unreadable · ScanWithoutText
    │   ├── UnknownModel · TooManyAtOnce
    │   ├── Secret                a state-secrecy mark; refused before anything is stored
    │   └── InvalidExercise       one problem in an exercise file, with its line
    ├── Conflict                  somebody else (or another tab) was faster; nothing was overwritten
    ├── EngineError
    │   ├── EngineBusy · EngineAbsent · EngineBroken · EmbedderAbsent
    │   └── ContextTooLong
    └── SettingError              a setting is wrong; fatal at start

``str(error)`` is the whole sentence: what was wrong, what was seen, what to do, whether the work is saved.
Pages translate ``sentence`` and fill in ``facts``; the log gets ``code``.
"""

from __future__ import annotations


class HocVuError(Exception):
    """The root. Subclasses set ``code``, ``status`` and ``sentence``; a caller may pass a sentence of its own."""

    code = "HV-LOI"
    status = 500
    sentence = "Học Vụ gặp trục trặc khi làm việc này. Những gì đã lưu vẫn còn nguyên; anh/chị thử lại sau ít phút."

    def __init__(self, sentence: str | None = None, /, **facts: object) -> None:
        if sentence is not None:
            self.sentence = sentence
        self.facts = facts
        super().__init__(self.sentence % facts if facts else self.sentence)


class NotFound(HocVuError):
    code, status = "HV-KHONG-THAY", 404
    sentence = "Không tìm thấy trang hoặc tài liệu này. Có thể đã được gỡ, hoặc không phải của anh/chị."


class NotAllowed(HocVuError):
    code, status = "HV-QUYEN", 403
    sentence = "Anh/chị chưa có quyền mở trang này. Nếu cần, xin nhờ quản trị viên cấp."


class SignInNeeded(HocVuError):
    code, status = "HV-DANG-NHAP", 401
    sentence = "Anh/chị cần đăng nhập để mở trang này."


class KeyNeeded(HocVuError):
    code, status = "HV-KHOA", 401
    sentence = "Chưa có khóa API hợp lệ. Chương trình cần gửi tiêu đề «Authorization: Bearer …» với khóa đang mở."


class BadInput(HocVuError):
    code, status = "HV-DAU-VAO", 400
    sentence = "Thông tin vừa gửi chưa dùng được."


class TooLarge(BadInput):
    code, status = "HV-QUA-LON", 413
    sentence = "Tệp nặng %(size)s MB, mức nhận là %(limit)s MB. Anh/chị tách phụ lục ra rồi gửi lại."


class WrongFormat(BadInput):
    code, status = "HV-DINH-DANG", 415
    sentence = "Chưa đọc được tệp %(suffix)s. Anh/chị chọn tệp .docx, .pdf, .txt hoặc .md."


class Unreadable(BadInput):
    code, status = "HV-KHONG-DOC", 422
    sentence = (
        "Tệp này hỏng hoặc không đúng định dạng của nó nên chưa đọc được. "
        "Anh/chị mở lại bằng Word, lưu thành tệp mới rồi gửi lại."
    )


class ScanWithoutText(BadInput):
    code, status = "HV-BAN-QUET", 422
    sentence = "Tệp này là bản quét, chưa đọc được chữ. Anh/chị chọn tệp .docx hoặc PDF có chữ."


class UnknownModel(BadInput):
    code, status = "HV-MO-HINH", 404
    sentence = "Máy này không có mô hình «%(wanted)s». Mô hình đang dùng là «%(known)s»."


class TooManyAtOnce(BadInput):
    code, status = "HV-NHIEU-LUOT", 429
    sentence = "Khóa này đang có %(limit)s lượt chưa xong. Chương trình chờ một lượt xong rồi gửi tiếp."


class Secret(BadInput):
    code, status = "HV-MAT", 422
    sentence = "Không nhận nội dung này vì có dấu %(mark)s (%(where)s). Nội dung chưa được lưu ở đâu cả."


class InvalidExercise(BadInput):
    code, status = "HV-BAI-TAP", 422
    sentence = "Dòng %(line)s: %(problem)s"


class Conflict(HocVuError):
    code, status = "HV-TRUNG", 409
    sentence = (
        "Bản này vừa được sửa ở một cửa sổ khác. "
        "Bản đang lưu không bị ghi đè; anh/chị tải lại trang để xem bản mới nhất."
    )


class EngineError(HocVuError):
    code, status = "HV-MAY", 503
    sentence = (
        "Máy vừa dừng giữa chừng. Bài của anh/chị đã được lưu; lượt này không tính vào số lần làm. Anh/chị chạy lại."
    )


class EngineBusy(EngineError):
    code = "HV-MAY-DAY"
    sentence = "Hàng chờ đã đủ %(limit)s lượt. Câu lệnh của anh/chị đã được lưu; xin chạy lại sau ít phút."


class EngineAbsent(EngineError):
    code = "HV-MAY-KHONG-CO"
    sentence = "Máy này chưa có mô hình. Các bài soi theo quy tắc vẫn làm được đầy đủ."


class EngineBroken(EngineError):
    code = "HV-MAY-HONG"


class EmbedderAbsent(EngineError):
    code = "HV-MAY-NHUNG"
    sentence = "Máy này chưa có mô hình nhúng nên chưa tính được véc-tơ."


class ContextTooLong(EngineError):
    code, status = "HV-MAY-DAI", 422
    sentence = (
        "Câu lệnh và tài liệu dài %(tokens)s đơn vị chữ của mô hình, mô hình này đọc được %(limit)s. "
        "Câu lệnh của anh/chị đã được lưu; xin rút ngắn rồi chạy lại."
    )


class SettingError(HocVuError):
    code = "HV-CAI-DAT"
    sentence = "Cài đặt %(key)s = %(seen)r không dùng được: %(allowed)s."
