"""The numbered form rules: what each asks, where the decree says so, why it matters and what to try.

The numbers are stable and never given to another rule; a rule that is not in the decree carries an X and says so in its
source. Writer, checker and feedback read the same table, so a sentence is mended here once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.records import Level

RULESET = "nd30-2020"
DECREE = "Nghị định 30/2020/NĐ-CP"


class Severity(StrEnum):
    """ERROR breaks an explicit rule, WARNING is a likely slip or a custom, INFO is for the person to decide."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def level(self) -> Level:
        """The level of a finding of this severity."""
        return _LEVELS[self]


_LEVELS = {
    Severity.ERROR: Level.ESSENTIAL,
    Severity.WARNING: Level.ACTIONABLE,
    Severity.INFO: Level.INFORMATIVE,
}


@dataclass(frozen=True)
class Rule:
    """One rule. ``ask`` is a sentence that can be put into a prompt so that the next answer keeps the rule."""

    id: str
    severity: Severity
    source: str
    title: str
    why: str
    try_next: str
    ask: str = ""

    @property
    def reason(self) -> str:
        """Why, with the place in the decree."""
        return f"{self.why} ({self.source}, {DECREE})" if self.source else f"{self.why} (Thông lệ soạn thảo.)"


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


def _main(clause: str) -> str:
    return f"Phụ lục I, phần I, mục II, {clause}"


_TABLE = (
    Rule(
        "ND30-13",
        _E,
        _main("khoản 1, điểm a"),
        "Quốc hiệu đúng mẫu",
        "Quốc hiệu là “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”, viết bằng chữ in hoa, ở trên cùng trang đầu.",
        "Chép đúng dòng Quốc hiệu bằng chữ in hoa vào đầu văn bản.",
        "Mở đầu văn bản bằng Quốc hiệu “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”.",
    ),
    Rule(
        "ND30-15",
        _E,
        _main("khoản 1, điểm b"),
        "Tiêu ngữ đúng mẫu",
        "Tiêu ngữ là “Độc lập - Tự do - Hạnh phúc”: chữ đầu của ba cụm từ viết hoa, giữa các cụm có gạch nối ngắn, "
        "hai bên gạch nối có cách chữ.",
        "Chép đúng dòng “Độc lập - Tự do - Hạnh phúc” vào ngay dưới Quốc hiệu.",
        "Ghi Tiêu ngữ đúng mẫu “Độc lập - Tự do - Hạnh phúc” ngay dưới Quốc hiệu.",
    ),
    Rule(
        "ND30-19",
        _E,
        _main("khoản 2, điểm a"),
        "Tên cơ quan ban hành viết đầy đủ",
        "Cơ quan ban hành ghi tên chính thức, đầy đủ; chỉ tên cơ quan chủ quản mới được viết tắt cụm từ thông dụng.",
        "Viết đủ tên cơ quan ban hành, ví dụ “ỦY BAN NHÂN DÂN” thay cho “UBND”.",
        "Viết đầy đủ tên cơ quan ban hành, không viết tắt UBND, HĐND.",
    ),
    Rule(
        "ND30-24",
        _E,
        _main("khoản 3, điểm c"),
        "Dòng số bắt đầu bằng “Số:”",
        "Từ “Số” viết thường, sau từ “Số” có dấu hai chấm.",
        "Sửa đầu dòng thành “Số:”.",
        "Ghi số và ký hiệu theo mẫu “Số: …/…”, sau chữ Số có dấu hai chấm.",
    ),
    Rule(
        "ND30-25",
        _E,
        _main("khoản 3, điểm c"),
        "Số văn bản là chữ số Ả Rập, dưới 10 có số 0",
        "Số của văn bản ghi bằng chữ số Ả Rập; số nhỏ hơn 10 phải ghi thêm số 0 phía trước.",
        "Ghi lại số, ví dụ “05” thay cho “5”.",
        "Số văn bản nhỏ hơn 10 phải thêm số 0 phía trước.",
    ),
    Rule(
        "ND30-26",
        _E,
        _main("khoản 3, điểm c"),
        "Dấu gạch chéo và gạch nối trong số, ký hiệu",
        "Giữa số và ký hiệu có dấu gạch chéo, giữa các nhóm chữ viết tắt có dấu gạch nối, không cách chữ; "
        "ký hiệu viết in hoa.",
        "Viết liền theo mẫu “Số: 12/TB-UBND”.",
        "Viết số, ký hiệu liền nhau theo mẫu “Số: 12/TB-UBND”, không có khoảng cách quanh dấu / và dấu -.",
    ),
    Rule(
        "ND30-27",
        _E,
        _main("khoản 3, điểm b") + "; Phụ lục III, mục I",
        "Chữ viết tắt tên loại đúng bảng",
        "Nhóm đầu của ký hiệu là chữ viết tắt tên loại, viết đúng như bảng chữ viết tắt của Nghị định.",
        "Đối chiếu tên loại với bảng chữ viết tắt rồi sửa nhóm đầu của ký hiệu.",
    ),
    Rule(
        "ND30-28",
        _E,
        _main("khoản 3, điểm b"),
        "Ký hiệu đúng cách ghi của loại văn bản",
        "Văn bản có tên loại ghi chữ viết tắt tên loại rồi đến cơ quan; công văn ghi cơ quan rồi đến đơn vị soạn thảo "
        "hoặc lĩnh vực, không ghi chữ viết tắt tên loại.",
        "Văn bản có tên loại: “Số: 12/TB-UBND”. Công văn: “Số: 12/UBND-VX”.",
    ),
    Rule(
        "ND30-30",
        _W,
        "Điều 15, khoản 1",
        "Số văn bản hành chính không kèm năm",
        "Số của văn bản hành chính là số thứ tự trong năm; cách ghi cả năm “12/2026/…” dùng cho văn bản quy phạm "
        "pháp luật.",
        "Bỏ phần năm, còn “Số: 12/…”.",
        "Không ghi năm trong số văn bản.",
    ),
    Rule(
        "ND30-31",
        _W,
        "Điều 15, khoản 2",
        "Văn bản phát hành đã có số và ngày",
        "Số và thời gian ban hành được ghi sau khi có chữ ký của người có thẩm quyền, trước khi phát hành.",
        "Ghi số và ngày sau khi văn thư đăng ký.",
    ),
    Rule(
        "ND30-33",
        _E,
        _main("khoản 4, điểm b và c"),
        "Địa danh, ngày tháng năm đúng mẫu",
        "Thời gian ban hành viết đầy đủ theo mẫu “Địa danh, ngày 05 tháng 6 năm 2026”.",
        "Viết lại thành “Địa danh, ngày … tháng … năm …”.",
        "Ghi địa danh và thời gian theo mẫu “Địa danh, ngày … tháng … năm …”.",
    ),
    Rule(
        "ND30-34",
        _E,
        _main("khoản 4, điểm b"),
        "Ngày dưới 10 có số 0",
        "Số chỉ ngày nhỏ hơn 10 phải ghi thêm số 0 phía trước.",
        "Thêm số 0 trước ngày, ví dụ “ngày 05”.",
        "Ngày nhỏ hơn 10 phải thêm số 0 phía trước.",
    ),
    Rule(
        "ND30-35",
        _E,
        _main("khoản 4, điểm b"),
        "Chỉ tháng 1, tháng 2 có số 0",
        "Tháng 1 và tháng 2 phải ghi thêm số 0 phía trước; từ tháng 3 trở đi không ghi thêm.",
        "Viết “tháng 01”, “tháng 02”, nhưng “tháng 6”.",
        "Tháng 1, 2 thêm số 0 phía trước; các tháng khác không thêm.",
    ),
    Rule(
        "ND30-36",
        _E,
        "",
        "Ngày có thật",
        "Ngày ban hành phải là một ngày có trong lịch.",
        "Đối chiếu lại ngày, tháng, năm.",
    ),
    Rule(
        "ND30-37",
        _E,
        _main("khoản 4, điểm c"),
        "Địa danh viết hoa, sau địa danh có dấu phẩy",
        "Các chữ cái đầu của địa danh viết hoa; sau địa danh có dấu phẩy.",
        "Viết “Triệu Phong, ngày …”.",
        "Viết hoa địa danh và đặt dấu phẩy sau địa danh.",
    ),
    Rule(
        "ND30-41",
        _E,
        _main("khoản 5, điểm b"),
        "Tên loại văn bản trên dòng riêng, in hoa",
        "Trừ công văn, mọi văn bản ghi tên loại bằng chữ in hoa, trên dòng riêng, đúng tên trong 29 loại.",
        "Ghi tên loại in hoa trên một dòng riêng, ngay trên trích yếu.",
        "Ghi tên loại văn bản bằng chữ in hoa trên một dòng riêng.",
    ),
    Rule(
        "ND30-42",
        _E,
        _main("khoản 5, điểm a và b"),
        "Trích yếu ngắn gọn ngay dưới tên loại",
        "Trích yếu là một câu ngắn hoặc cụm từ nêu nội dung chủ yếu, viết chữ thường, đặt ngay dưới tên loại.",
        "Viết trích yếu một cụm từ, không có dấu chấm cuối, ví dụ “Về việc …”.",
        "Ngay dưới tên loại ghi trích yếu nội dung, một cụm từ ngắn.",
    ),
    Rule(
        "ND30-44",
        _E,
        _main("khoản 5, điểm b"),
        "Công văn có “V/v”, không có tên loại",
        "Công văn không ghi tên loại; trích yếu đặt sau chữ “V/v”, dưới số và ký hiệu.",
        "Bỏ dòng tên loại và ghi trích yếu theo mẫu “V/v …” dưới dòng số.",
        "Đây là công văn: không ghi tên loại, ghi trích yếu theo mẫu “V/v …” dưới số, ký hiệu.",
    ),
    Rule(
        "ND30-45",
        _W,
        _main("khoản 9, điểm b và c"),
        "“Kính gửi” chỉ dùng ở một số loại",
        "Phần “Kính gửi” chỉ có ở công văn, tờ trình và báo cáo gửi cấp trên; các loại khác ghi nơi nhận ở cuối.",
        "Bỏ dòng “Kính gửi”, đưa các nơi nhận xuống mục “Nơi nhận”.",
        "Không ghi “Kính gửi”; các nơi nhận đặt ở mục “Nơi nhận”.",
    ),
    Rule(
        "ND30-46",
        _E,
        _main("khoản 9, điểm b và d"),
        "Có “Kính gửi:” kèm dấu hai chấm",
        "Công văn và tờ trình phải có “Kính gửi”, sau đó là dấu hai chấm và tên nơi trực tiếp giải quyết.",
        "Thêm dòng “Kính gửi: …” trước nội dung.",
        "Trước nội dung ghi dòng “Kính gửi: …”.",
    ),
    Rule(
        "ND30-47",
        _E,
        _main("khoản 9, điểm d"),
        "Cách ghi các nơi được kính gửi",
        "Gửi một nơi thì ghi cùng dòng; gửi từ hai nơi trở lên thì mỗi nơi một dòng, đầu dòng có gạch, cuối dòng có "
        "dấu chấm phẩy, dòng cuối có dấu chấm.",
        "Xuống dòng cho từng nơi: “- …;” và dòng cuối “- ….”.",
        "Nếu gửi nhiều nơi, sau “Kính gửi:” mỗi nơi một dòng, có gạch đầu dòng, cuối dòng dấu chấm phẩy.",
    ),
    Rule(
        "ND30-49",
        _E,
        _main("khoản 6, điểm a"),
        "Dấu câu cuối các căn cứ",
        "Mỗi căn cứ một dòng, cuối dòng có dấu chấm phẩy, dòng cuối cùng kết thúc bằng dấu chấm.",
        "Đặt dấu chấm phẩy cuối mỗi căn cứ, riêng dòng cuối đặt dấu chấm.",
        "Mỗi căn cứ một dòng, cuối dòng dấu chấm phẩy, dòng cuối dấu chấm.",
    ),
    Rule(
        "ND30-62",
        _W,
        "Phụ lục III, mục II, các mẫu 1.1 đến 1.10",
        "Nội dung kết thúc bằng “./.”",
        "Các mẫu văn bản đều kết thúc nội dung bằng dấu “./.” để biết lời văn đã hết.",
        "Thêm “./.” vào cuối câu cuối cùng của nội dung.",
        "Kết thúc nội dung bằng dấu “./.”.",
    ),
    Rule(
        "ND30-64",
        _E,
        _main("khoản 7, điểm b và đ"),
        "Chữ viết tắt quyền hạn người ký",
        "Quyền hạn ghi bằng chữ viết tắt in hoa có dấu chấm: TM., Q., KT., TL., TUQ.; quyền hạn, chức vụ viết in hoa.",
        "Sửa theo mẫu “TM. ỦY BAN NHÂN DÂN” hoặc “KT. CHỦ TỊCH”.",
        "Ghi quyền hạn người ký in hoa, có dấu chấm: TM., KT., TL., TUQ. hoặc Q.",
    ),
    Rule(
        "ND30-65",
        _E,
        _main("khoản 7, điểm b") + "; Điều 13",
        "Chức vụ dưới dòng KT., TL., TUQ.",
        "Ký thay, ký thừa lệnh hay ký thừa ủy quyền thì dòng dưới phải ghi chức vụ của chính người ký; "
        "ký thay là của cấp phó.",
        "Dưới “KT. CHỦ TỊCH” ghi “PHÓ CHỦ TỊCH”; dưới “TL. …” ghi chức vụ của người ký.",
        "Dưới dòng KT., TL. hoặc TUQ. ghi chức vụ của người ký trên dòng riêng.",
    ),
    Rule(
        "ND30-72",
        _E,
        _main("khoản 9, điểm d"),
        "Có “Nơi nhận:” trên dòng riêng",
        "Từ “Nơi nhận” trình bày trên một dòng riêng, sau có dấu hai chấm.",
        "Thêm dòng “Nơi nhận:” trước các nơi nhận.",
        "Cuối văn bản có mục “Nơi nhận:” trên dòng riêng.",
    ),
    Rule(
        "ND30-73",
        _W,
        _main("khoản 9, điểm d"),
        "Gạch đầu dòng và dấu câu ở nơi nhận",
        "Mỗi nơi nhận một dòng, đầu dòng có gạch, cuối dòng có dấu chấm phẩy.",
        "Viết từng nơi nhận theo mẫu “- …;”.",
        "Trong “Nơi nhận”, mỗi nơi một dòng, đầu dòng có gạch, cuối dòng dấu chấm phẩy.",
    ),
    Rule(
        "ND30-74",
        _E,
        _main("khoản 9, điểm d"),
        "Dòng cuối là “- Lưu: VT, ….”",
        "Dòng cuối của nơi nhận gồm chữ “Lưu”, dấu hai chấm, chữ “VT”, đơn vị soạn thảo, cuối cùng là dấu chấm.",
        "Ghi dòng cuối theo mẫu “- Lưu: VT, VX.”.",
        "Dòng cuối của “Nơi nhận” là “- Lưu: VT, <đơn vị soạn thảo>.”.",
    ),
    Rule(
        "ND30-75",
        _W,
        _main("khoản 9, điểm b") + "; Phụ lục III, mẫu 1.1 đến 1.3",
        "Nơi nhận đầu tiên đúng loại",
        "Văn bản có “Kính gửi” ghi “- Như trên;” trước tiên; quyết định, nghị quyết ghi “- Như Điều …;”.",
        "Đưa “- Như trên;” hoặc “- Như Điều …;” lên đầu nơi nhận.",
        "Nơi nhận đầu tiên: công văn, tờ trình ghi “- Như trên;”, quyết định ghi “- Như Điều …;”.",
    ),
    Rule(
        "ND30-84",
        _E,
        "Điều 8; Phụ lục I, phần I, mục IV; Phụ lục III, mục II",
        "Đủ các phần bắt buộc, đúng thứ tự",
        "Văn bản hành chính có chín phần thể thức chính, mỗi phần ở một vị trí cố định.",
        "Bổ sung các phần còn thiếu; giá trị chưa biết thì ghi “[cần bổ sung]”.",
        "Trình bày đủ thể thức: Quốc hiệu, Tiêu ngữ, tên cơ quan, số và ký hiệu, địa danh và ngày tháng, tên loại và "
        "trích yếu, nội dung, nơi nhận, chức vụ và họ tên người ký; chỗ chưa biết ghi “[cần bổ sung]”.",
    ),
    Rule(
        "ND30-X5",
        _E,
        "",
        "Không còn chỗ để trống khi phát hành",
        "Chỗ để trống cần người có trách nhiệm điền; máy không được tự nghĩ ra.",
        "Điền từng chỗ còn trống theo hồ sơ, hoặc hỏi đơn vị có số liệu.",
    ),
)

RULES = {rule.id: rule for rule in _TABLE}
