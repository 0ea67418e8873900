"""Homes in a text: an address is read as a chain of segments, and counts where it is somebody's.

A segment is a house («số 12/4», «căn hộ 1206», «nhà bà Tám»), a lane or hamlet («ngõ 92», «thôn Đoài»), or a larger
place, which only goes on a chain. A chain is a home after a word for living («thường trú», «trú tại»), or with a person
before it and nothing of an office or an event between: «Trạm Y tế, số 9 đường Lê Duẩn» is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from service.text import SURNAMES, fold, has_marks, normalise_tone

# ── segments ────────────────────────────────────────────────────────────────────────────────────

_CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper())
_CASED = rf"(?:[{_CAPITALS}][\w'’]*|\d+\w?(?:[-/]\d+)*)"
_SMALL = r"(?!(?:@stop)\b)[^\W\d_][\w'’]*"
_STOP = (
    "đề|xin|kính|để|gửi|và|là|nộp|được|đang|bị|có|nay|chưa|đã|liên|sđt|số|điện|cccd|cmnd|gặp|hoặc|muốn|đến|cho|từ|vì"
    "|nhưng|hay|khi|không|hỏi|nhờ|sinh|thì|mà|của|với|ở|tại|năm|ngày|tháng|em|tôi|mình|cháu|con|ông|bà|anh|chị|đt|dt"
    "|bao|lúc|làm|về|phải|cần|hộ|giúp|ạ|nhé|nha|nhận|thôn|xóm|ấp|xã|phường|tỉnh|huyện|quận|đường|phố|tổ|khu|ngõ|hẻm"
)
_NUMBER = (
    r"(?<!\d)(?<!\d\.)(?!\d{1,3}(?:\.\d{3})+(?!\d))"  # no «1.250.000»
    r"[a-zđ]?\d{1,5}[a-zđ]?\d{0,2}(?:[/.-][a-zđ]?\d{1,4}[a-zđ]?)*(?!\w|[.,/]\d|/\w| \d{3})"
)
_LANE = (
    "thôn|xóm|ấp|khóm|buôn|bản|làng|sóc|phum|plei|tổ dân phố|tdp|khu phố|kp|tổ|khu nhà trọ|khu tập thể|tập thể"
    "|khu vực|khu đô thị|kđt|khu dân cư|kdc|khu tái định cư|khu|ngõ|ngách|hẻm|kiệt|đường|phố|đại lộ|quốc lộ|tỉnh lộ"
    "|bờ kè|bến đò|bến|cụm|đội|chung cư|ký túc xá|ktx"
    "|đầu ngõ|cuối ngõ|đầu hẻm|cuối hẻm|đầu làng|cuối làng|đầu xóm|cuối xóm|đầu thôn|cuối thôn|đầu ấp|cuối ấp|đầu bản"
    "|cuối bản|tiểu khu|cù lao|cư xá|khu trọ|dãy trọ|trọ|bon|kênh|kinh|rạch|xẻo|khu gia đình|nhà công vụ|cụm dân cư|dốc"
    "|lộ|khối phố"
)
_LARGER = (
    "xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tp\\.?|tx\\.?|tỉnh|khu đô thị|kđt|khu dân cư|kdc|khu tái định cư"
    "|khu công nghiệp|tòa nhà|tòa|chung cư|dãy|block|tầng|lầu|đảo|lô|nhà"
)
_LED = (
    "số nhà|nhà số|nhà trọ số|phòng trọ số|phòng trọ|phòng số|phòng|buồng số|buồng|căn hộ số|căn hộ|căn số"
    "|căn|nền|lô|ki ?ốt số|ki ?ốt"
    "|nhà|số|sn|p\\.|p(?=\\s?\\d{3})|hộ số|tầng|lầu"
)
_NOT_A_PLACE = (
    r"bến (?:tre|cát|cầu|lức)\b|sóc (?:trăng|sơn)\b|phố (?:lu|ràng|nối|hiến)\b"
    r"|(?:tổ|bản|lô|số|khu|đội|cụm|bến|phòng|ấp|sóc|nhà|căn|phố|đường|làng) "
    r"(?:chức|trưởng|báo|sao|sánh|tiền|lượng|vực|phó|cáo|vắc|cũ|mới|cuối|đăng|từ|điện|dây|thuốc|cứ|công an|viên)\b"
)
_COUNTED = (
    r"\d+\s(?:cv\b|giờ|phút|độ|ngày|tháng|năm|thôn|xã|phường|khu|hộ|người|điểm|nhà|tổ|lớp|đơn|máy|tuổi|triệu|tỷ|nghìn|đồng"
    r"|kg|m|km|khẩu|con|căn|suất|lần|bộ|bản|trẻ|em|cháu|học|đại|ấp|xóm|bậc|phần|quyển|gói|loại|tiếng|gạch|mục)\b"
    r"(?-i:(?!\s[@capital]))"
)
_BOUND = "".join(
    rf"|(?<={word} )" for word in ("quá", "đa", "nhất", "thiểu", "dưới", "khoảng", "chừng", "trong", "đúng")
)
_LENGTH = (
    rf"(?:(?<=\d đến ){_BOUND})\d+\s(?:chữ|từ|dòng|câu|trang|bảng|đoạn|ý)\b"
    r"|\d+\s(?:chữ|từ|dòng|câu|trang|bảng|đoạn|ý)(?=\s(?:a4|ngắn|gọn|thôi|chính|nhé|ạ|là)\b|\s*(?:[,.;:)]|$))"
)
"""How long a text shall be. Without marks «12 chu van an» may as well be a street."""
_REACH = 120
"""Letters before a chain in which its person may stand."""
_APART = 8
"""Words between a person and «ở» behind which a hamlet is where they live."""
_JOIN = r"(?:\s?,\s?|\s(?:–|-)\s|\s)"

# ── who lives there ─────────────────────────────────────────────────────────────────────────────

_LIVES = (
    r"(?:(?<!cơ quan )thường trú|tạm trú|hộ khẩu|hktt|đktt|đkhktt|(?:chỗ|nơi) (?:ở|cư trú)|\bcư trú|\bcư ngụ"
    r"|\blưu trú|trú quán|\btư gia"
    r"|\btrú(?: tại| ở)|\btrú(?=\s*$)|\bngụ|nhà riêng|\bsinh sống|\bở (?:với|nhờ|đậu|tạm|chung|thuê|lại|một mình|riêng)"
    r"|\b(?:thuê|ở) trọ|\bthuê (?:nhà|phòng|trọ)|\bsống (?:ở|tại|với|cùng|trong|nhờ)|\b(?:tại|tận) nhà(?=[,:])"
    r"|\b(?:dọn|dời nhà|dời|chuyển nhà)(?: từ [^.;,\n]{2,25})? (?:về|đến|sang|ra|lên)|\bchuyển (?:về|đến|sang) ở"
    r"|(?:^|[,;:(–-]\s|\bở )nhà(?: ở| em| cháu| tôi| mình)?(?: thì| ngay| ở| tại)?(?=\s*$)"
    r"|nhà (?:tôi|tui|em|mình|cháu|con)(?: ở)?|số nhà(?: \w+){1,2} là"
    r"|\bnhà (?:cô|chú|bác|anh|chị|ông|bà|cụ|dì|cậu|mợ)(?: \w+){0,3} (?:ở|nằm)\b)"
    r"[^.;,\n|]{0,40}?(?:,\s(?:cụ thể|chính xác)?)?(?:\s(?:tại|ở|là))*\s*[:.]?\s*$"
    r"|\bnhân khẩu chuyển (?:đến|đi|về)[^.;,\n|]{0,40},? từ\s*$"
)
"""Words that say by themselves that a home follows."""
_ADDRESS = (
    r"(?:\bđịa chỉ(?! (?:cơ quan|trụ sở|công ty|văn phòng|trường|kho|giao dịch))(?: \w+){1,4} ?:\s*$"
    r"|(?:địa chỉ|\bđ/c|\bđc)(?: nhà| liên hệ| liên lạc| nhận \w+| gửi \w+"
    r"| hiện \w+)*(?: của \w+(?: \w+)?)?(?: là)?\s*[:.]?\s*$)"
)
"""An address; of an office as well, when one was named."""
_SPEAKER = (
    r"\b(?:tôi|em|e|mình|cháu|con em|gia đình|vợ chồng|hộ (?:ông|bà|anh|chị|cô|chú)|chồng|vợ|mẹ|bố|cha"
    r"|người (?:gửi|nhận|nộp"
    r"|làm chứng|khiếu nại|tố cáo|tố giác|bị hại|nhà|vay|thụ hưởng|ủy quyền|được|có tên|bán|mua|thân|nuôi|mất|bệnh)\w*"
    r"|bệnh nhân|bị can"
    r"|bị đơn|bị cáo|bị hại|nguyên đơn|đương sự|chủ (?:hộ|xe|nhà|đất|thẻ)|thí sinh|học sinh|học viên|ca f\d|nạn nhân"
    r"|đối tượng"
    r"|lái xe|công dân|con (?:trai|gái)|bên (?:bán|mua|vay)|khách hàng|kh|thuê bao)\b"
)
_TITLED = (
    r"(?:\b(?:ông|bà|anh|chị|cô|chú|bác|cụ|thầy|em|cháu|bé|dì|cậu|tên)\s@name"
    r"|(?-i:(?<![\w.])(?<!điểm )(?<!mục )[ac]\.?\s(?=[@capital]))@name)"  # «c Hạnh»
)
_OFFICE = (
    r"(?:trụ sở|cơ quan|thpt |thcs |điểm thi|cty |tnhh|phòng tiếp"
    r"|trường (?:tiểu|mầm|mẫu|thcs|thpt|trung|đại|cao|chính|th\b|mn\b|dạy|nội)|trạm |bệnh viện|ủy ban"
    r"|ubnd"
    r"|công ty|văn phòng|phòng khám|phòng giao|nhà văn hóa|nhà sinh hoạt|trung tâm|cửa hàng|chợ |chùa "
    r"|hội trường"
    r"|chi nhánh|hợp tác xã|htx|đồn |nhà máy|quán |doanh nghiệp|cơ sở|nhà hàng|khách sạn|ngân hàng|kho |quầy "
    r"|nhà thuốc"
    r"|tài sản|sự cố|công trình|thửa|tuyến|địa điểm|tập trung|cuộc họp|hội nghị|sạt lở|cháy |tai nạn|vụ việc"
    r"|kiểm tra|khảo sát"
    r"|chủ trì|phát biểu|khánh thành|tổ chức|làm việc|họp |trang trại|đất |dự án|phụ trách|trưởng(?!\))|bí thư"
    r"|đoạn (?:trước|từ|qua|đường)|chủ tịch|buổi |lớp (?:học|tập)|đợt |chuyến |kết thúc|khai mạc)"
)
"""An office, a business or an event: what follows is theirs."""
_OFFICE_MARKED = rf"(?:{_OFFICE}|(?-i:\b(?:đình|lễ|lò)|^\W*(?:Đình|Lễ|Lò(?! [@capital]))) )"
"""Without diacritics these are names of people."""
_BUILDING = (
    r"(?:trụ sở|trường |trạm |ủy ban|ubnd|công ty|văn phòng|nhà văn hóa|nhà sinh hoạt|nhà cộng đồng|trung tâm|cửa hàng"
    r"|hội trường|nhà hàng|khách sạn|quán )"
)
"""What nobody lives in, even after «dời về»."""
_LIVING = (
    r"(?:\b(?:đón|chở|thăm|khám|cấp cứu)\s[^,;.]{2,30}\stại"
    r"|\bở|\bvề|\bnhà ở|\bnhà|\b(?:hộ|nhà|gia đình)\s[^,;.]{0,40}\btại)\s*$"
)
_BROUGHT = r"\b(?:gửi|giao|chuyển|trả|phát|đưa|mang|ship|bưu phẩm|hàng|thư)\b"
_TO = r"\b(?:đến|tới|về|cho)\s*$"
_NOW = r"\b(?:hiện|nay|đang)(?: \w+){0,2} ở\s*$"
"""«nay ở»: where somebody lives, however far from the name."""
_AT_WORK = r"\s(?:để\s|trực tiếp\s)*(?:chỉ đạo|kiểm tra|khảo sát|làm việc|dự|họp|thăm|tiếp xúc|công tác|chữa cháy)\b"
"""Behind a place: somebody is there for a while."""
_MY_HOME = r"^\W*(?:dạ\W+)?nhà (?:tôi|tui|em|cháu|mình|con)\b.*,\s?$"
"""«Nhà cháu không có số, …, xóm Đồi»: all of the sentence tells where."""
_FIELD = r"(?<!\w)(?:thôn|xóm|ấp|bản|khóm|buôn)\s?:\s?(?P<it>@number|@name)"
"""«Thôn: Đồng Quan», in a form on somebody."""
_HOMESTEAD = r"\s(?:là|thuộc)\s(?:nhà|chỗ ở|nơi ở|hộ)\b"
"""«Số nhà 22 là nhà của …»"""
_NAMED_FOR = r"\b(?:ngã (?:ba|tư|năm)|phố|đường|chợ|cầu|kênh|rạch|miếu|đền|chùa|núi|hồ|cống|đèo|mũi|hòn|phà)\s$"
"""Before «Ông Tạ», «Bà Chiểu» a place, not a person."""
_RECEIVER = r"\b(?:người (?:nhận|gửi|ở)|chủ (?:hộ|nhà))\b"
_THERE = r"\b(?:ở|tại|tới|đến|về|gần|cạnh|sát|sau|trước|địa chỉ|trú|ngụ)[\s:]*$"
_BORN = r"(?:sinh|sn|ns)\b[^,;|]{0,22}$"

_LANDMARK = re.compile(r"\b(?:sat|gan|canh|doi dien|dang sau|sau|truoc|ben|ke|giap|cuoi|dau)\b")


def _of_an_office(passed: str, rules: _Rules) -> bool:
    """Whether the sentence before an address only names an office: «Bên A: Trường Mẫu giáo Sơn Ca. Địa chỉ: …»."""
    said = re.split(r"[.!?;]\s", passed.rstrip(" .!?;"))[-1]
    said = re.sub(r"^\s*\w+ \w{1,2}\s*:\s*", "", said).lstrip()
    return bool(rules.office.match(said))


_YEAR_LAST = re.compile(r"(?:19|20)\d\d\s*$")
_YEAR_NEXT = re.compile(r"\s*[,;(–-]\s?(?:\d{1,2}[/.-]){0,2}(?:19|20)\d\d\s*[,;)–-]")
"""The date of birth right behind a name, and more to come in its row."""
_FIELD_END = re.compile(r"(?:,\s[^;|.:\d]{0,40})?\s*(?:[;|]|\.?\s*$)")
_SENTENCE = re.compile(r"(?<!\b[A-ZĐ])(?<!\bs\.n)[.!?]\s")

_PLACED_LIST = (
    "đường phố xã phường trấn tỉnh huyện quận trường ty thôn làng bản ấp xóm chợ cầu sông núi hồ đảo ngõ hẻm kiệt khu "
    "tổ tòa viện học non thcs thpt th hiệu vực khoa phần tnhh"
)
_PLACED = frozenset(_PLACED_LIST.split())
_WORDS = re.compile(r"[^\W_][\w'’]*")


def names_somebody(text: str) -> bool:
    """Whether a surname and one more capitalised word stand in a row."""
    return _last_name(text) >= 0


def _last_name(text: str) -> int:
    """Where the last name of a person in the text ends, −1 without one; streets and places bear names too."""
    end = -1
    for run in re.finditer(rf"(?<!\w){_CASED}(?:\s{_CASED})+", text):
        before = re.search(r"(\w+) $", text[: run.start()])
        words = run[0].split()
        if (before and before[1].lower() in _PLACED) or words[0].lower() in _PLACED - SURNAMES:
            continue
        if any(one.lower() in SURNAMES and two[0].isupper() for one, two in pairwise(words)):
            end = run.end()
    initials = list(re.finditer(rf"\b(?:[{_CAPITALS}]\.){{2,4}}[{_CAPITALS}]?|\b[KHY]['’][{_CAPITALS}]\w+", text))
    return max(end, initials[-1].end() if initials else -1)


@dataclass(frozen=True)
class _Rules:
    chain: re.Pattern[str]
    told: re.Pattern[str]
    house: re.Pattern[str]
    alone: re.Pattern[str]
    hosted: re.Pattern[str]
    no_place: re.Pattern[str]
    lives: re.Pattern[str]
    address: re.Pattern[str]
    speaker: re.Pattern[str]
    titled: re.Pattern[str]
    office: re.Pattern[str]
    building: re.Pattern[str]
    living: re.Pattern[str]
    brought: re.Pattern[str]
    to: re.Pattern[str]
    born: re.Pattern[str]
    receiver: re.Pattern[str]
    there: re.Pattern[str]
    now: re.Pattern[str]
    at_work: re.Pattern[str]
    homestead: re.Pattern[str]
    named_for: re.Pattern[str]
    my_home: re.Pattern[str]
    field: re.Pattern[str]


@cache
def _rules(marked: bool, cased: bool) -> _Rules:
    """The rules in the spelling of a text: without diacritics, and without capitals."""
    one = _CASED if cased else _SMALL.replace("@stop", _STOP if marked else fold(_STOP))
    name = rf"{one}(?:\s{one}){{0,4}}" if cased else rf"{one}(?:\s{one}){{0,3}}"

    def compiled(rule: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
        spelled = rule if marked else fold(rule).replace("(?p<", "(?P<")
        # Names keep their capitals under IGNORECASE.
        spelled = spelled.replace("@name", f"(?-i:{name})").replace("@capital", _CAPITALS)
        return re.compile(spelled.replace("@number", _NUMBER), flags)

    inner = r"(?:(?:chợ|chùa|đình|ga|cầu|trường|nhà thờ|số)\s)?"
    house = (
        rf"(?:(?<!\w)(?:{_LED})\s?{_NUMBER}(?:\s@name)?"
        rf"|(?<![\w.,/-])(?<!khoản )(?<!mùng )(?<!mồng )(?<!mục )(?<!điểm )(?<!thứ ){_NUMBER}\s{inner}"
        r"(?!\d|(?:điều|khoản|chương|mục|luật|nghị|quyết|người|hộ)\b)@name"
        r"|(?<!\w)nhà không số"
        rf"|(?<![\w-])(?-i:[A-Z]{{1,3}}-?\d{{1,4}}[A-Z]?)(?=,?\s(?:tòa|chung cư|khu đô thị|kđt|block)\s@name)"
        rf"|(?<!\w)(?:nhà trọ|nhà|phòng trọ) (?:ông |bà |anh |chị |cô |chú |bác |cụ )?@name)"
    )
    bare = rf"(?<!thành )(?:{_LANE})\s{inner}(?:{_NUMBER}(?:\s@name)?|@name)"
    lane = rf"(?<!\w)(?:(?<!\w\s)|(?-i:(?![@capital]))){bare}"  # «Kim Thị Sóc Kha» is a person
    housed_lane = rf"(?<![\w.,/-]){_NUMBER}\s{bare}"
    mark = r"(?:ngay |ở )?(?:sát|gần|cạnh|đối diện|sau|trước|đầu|cuối|giữa)\s[^,.;:\n]{2,30}"
    larger = rf"(?:{_LARGER})\s?(?:{_NUMBER}|@name)"
    first = rf"(?:{housed_lane}|{lane}|{house})"
    chain = rf"(?P<mark>(?:{mark},\s)?){first}(?:{_JOIN}(?:{first}|{larger}))*"
    beside = r"(?:ngay |phía |ở |sát |bên |nằm )*(?:sát|gần|cạnh|đối diện|đằng sau|sau|trước|bên|kế|giáp|cuối|đầu)"
    landmark = (
        rf"(?:(?:căn |ngôi )?nhà (?:trọ |riêng |ở )?|ở (?=(?:ngay|phía|sát|gần|cạnh|đối|kế|đằng)\b)){beside}\s"
        r"(?!(?:đây|đó|khi|ngày|năm|tháng|nhau|hết|này|cùng)\b|\d)[^,.;\n()]{3,40}"
    )
    shelter = (  # without a name, after a word for living
        r"(?<=[:\s])(?:khu|nhà|lán|lều|trại|chòi|bè|ghe|thuyền|dãy|tập thể|ký túc|chái|gầm|trên|dưới|trong|ngoài)\s"
        r"(?!(?:này|đó|đây|nước|ta|khác|địa bàn|vneid|cổng|mạng|hệ thống|giấy)\b)[^\d,.;\n()|][^,.;\n()|]{3,60}"
    )
    office = _OFFICE_MARKED if marked else _OFFICE
    village = r"@name(?=,\s?(?:xã|phường|thị trấn|thôn|bản|ấp|xóm|buôn)\s@name)"
    return _Rules(
        compiled(chain),
        compiled(rf"(?:{landmark}|(?<!\w){village}|{shelter})"),
        compiled(rf"(?:{housed_lane}|{house})"),
        compiled(rf"(?:{_LED})\s?{_NUMBER}"),
        compiled(r"(?:nhà|nhà trọ) (?:(?:ông|bà|anh|chị|cô|chú|bác|cụ) )?@name"),
        compiled(rf"{_NOT_A_PLACE}|{_COUNTED}|{_LENGTH}"),
        *map(
            compiled,
            (_LIVES, _ADDRESS, _SPEAKER, _TITLED, office, _BUILDING, _LIVING, _BROUGHT, _TO, _BORN, _RECEIVER, _THERE),
        ),
        *map(compiled, (_NOW, _AT_WORK, _HOMESTEAD, _NAMED_FOR if marked else "(?!)")),  # «cho chị» is no «chợ»
        *map(compiled, (_MY_HOME, _FIELD)),
    )


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each home."""
    cased = text not in (text.lower(), text.upper())
    a_form = _FORM.search(text)
    for at, piece, marked in _pieces(normalise_tone(text)):  # «toà nhà» is «tòa nhà»; no letter more or less
        rules = _rules(marked, cased)
        for match in rules.chain.finditer(piece):
            if not rules.no_place.match(piece, match.end("mark")) and (
                _lived_in(piece, match, rules) or _below_a_name(text, at, piece, match, rules)
            ):
                yield at + match.start(), at + match.end()
        for match in rules.told.finditer(piece):
            if _told_of(piece, match, rules):
                yield at + match.start(), at + match.end()
        if a_form:
            yield from ((at + match.start("it"), at + match.end("it")) for match in rules.field.finditer(piece))


def _pieces(text: str) -> Iterator[tuple[int, str, bool]]:
    """The lines, where they begin, whether they have diacritics; a message quoted without any is a piece of its own."""
    marked = has_marks(text)
    for line in re.finditer(r"[^\n]+", text):
        at = line.start()
        for quote in _QUOTE.finditer(text, *line.span()) if marked else ():
            if not has_marks(quote[0]):
                yield at, text[at : quote.start()], True
                yield quote.start(), quote[0], False
                at = quote.end()
        yield at, text[at : line.end()], marked


_FORM = re.compile(r"\b(?:họ (?:và )?tên|ho (?:va )?ten|chủ hộ|chu ho)\b[^:\n]{0,20}:", re.IGNORECASE)
_QUOTE = re.compile(r'["“][^"“”\n]{25,}["”]')


def _told_of(line: str, match: re.Match[str], rules: _Rules) -> bool:
    """Whether a landmark, or a village named without its kind, is where the person just named lives."""
    before = _SENTENCE.split(line[: match.start()])[-1][-_REACH:]
    lives = rules.lives.search(before) or rules.address.search(before)
    if lives and rules.building.search(f"{lives[0]}{match[0]} "):
        return False
    landmark = match[0][0].islower() and not lives
    if not landmark:
        return bool(lives or (rules.living.search(before) and _last_name(before) >= 0))
    if not _LANDMARK.search(fold(match[0])):
        return False
    person = max(_last_name(before), *_persons(before, rules), -1)
    office = max((found.start() for found in rules.office.finditer(before)), default=-1)
    return person >= 0 and office < person and len(_WORDS.findall(before[person:])) <= _APART


def _below_a_name(text: str, at: int, line: str, match: re.Match[str], rules: _Rules) -> bool:
    """Whether the chain is a line of its own below one that ends with a person's name, as on an envelope."""
    if line[: match.start()].strip(" \t-–•") or not re.fullmatch(r"[^:;|\d]{0,30}", line[match.end() :]):
        return False
    before = text[max(0, at - _REACH) : at].rstrip().rpartition("\n")[2]
    if "," not in match[0] or rules.office.search(before):
        return False
    return 0 <= _last_name(before) >= len(before.rstrip(" .,;"))


def _persons(before: str, rules: _Rules) -> list[int]:
    """Where what names a person ends: a title with a name, or a word for who speaks or is spoken of."""
    titled = (found for found in rules.titled.finditer(before) if not rules.named_for.search(before[: found.start()]))
    return [found.end() for found in (*titled, *rules.speaker.finditer(before))]


def _lived_in(line: str, match: re.Match[str], rules: _Rules) -> bool:
    """Whether the chain is somebody's home."""
    before = _SENTENCE.split(line[: match.start()])[-1][-_REACH:]
    lives = rules.lives.search(before)
    if lives and not rules.building.search(lives[0]):
        return True
    house = bool(rules.house.match(line, match.end("mark")))
    if house and rules.alone.fullmatch(match[0]) and not ("/" in match[0] and rules.living.search(before)):
        return False  # «số 12» may count anything
    office = max((found.start() for found in rules.office.finditer(before)), default=-1)
    person = max(_last_name(before), *_persons(before, rules), -1)
    if hosted := rules.hosted.match(match[0]):
        person = len(before)
        in_brackets = line[match.end() :].lstrip().startswith("(")  # where it stands
        if hosted.end() == len(match[0]) and (in_brackets or not rules.there.search(before)):
            return False  # «máy bàn nhà cụ Đạm» says nothing of where it stands
    if rules.homestead.match(line, match.end()):
        return True
    if rules.at_work.match(line, match.end()):
        return False
    if office > person or (office >= 0 and re.search(r"\b(?:của|cua)\b", before[office:person])):
        return False
    if rules.address.search(before):
        return not _of_an_office(line[: match.start() - len(before)], rules)
    after = re.split(r"[.;!?](?:\s|$)", line[match.end() : match.end() + 70])[0]
    number = any(sum(map(str.isdigit, run)) >= 9 for run in re.findall(r"[\d .-]{9,}", f"{before}|{after}"))
    brought = rules.to.search(before) and rules.brought.search(before)
    if person < 0 and house and not before.strip() and rules.titled.match(after.lstrip(" ,:–-(")):
        return True  # «số nhà 4 ngách 17/2, ông Tài»
    if person < 0 and not number:
        taken = any(rule.search(after) for rule in (rules.titled, rules.speaker))  # «gửi về xóm 9 cho em Uyên»
        return bool(brought and (house or taken)) or bool(house and rules.receiver.search(after))
    apart = len(_WORDS.findall(before[person:]))
    if rules.living.search(before) and (apart <= _APART or number or rules.now.search(before)):
        return True
    if house or brought or rules.my_home.match(before):
        return True
    said, parting = before.rstrip()[:-1], before.rstrip()[-1:]
    if parting not in {*",;(|–-:"} or not parting:
        return False
    return number or (person >= 0 and _in_a_row(said, parting, person, line[match.end() :], rules))


def _in_a_row(said: str, parting: str, person: int, after: str, rules: _Rules) -> bool:
    """Whether a chain is the home in a row on one person, of whom ``said`` tells, named up to ``person``."""
    between = len(_WORDS.findall(said[person:]))
    if between <= 1 or rules.born.search(said):
        return True
    if between <= _APART and (_YEAR_LAST.search(said) or _YEAR_NEXT.match(said + parting, person)):
        return True  # «Hồ Thị Pớt – 06/06/2013 – thôn …»
    return between <= _APART and parting in ";|" and bool(_FIELD_END.match(after))  # «bà Nhung; 3 khẩu; tổ 9;»
