"""What an address is made of: houses, lanes and hamlets, larger places; and what only looks like them.

Written as rules are before they are spelt: «@name» is the name of a place, «@capital» the capital letters.
"""

from __future__ import annotations

from service.checks.personal.people import CASED
from service.text import fold

_SMALL = r"(?!(?:@stop)\b)[^\W\d_][\w'’]*"
_STOP = (
    "đề|xin|kính|để|gửi|và|là|nộp|được|đang|bị|có|nay|chưa|đã|liên|sđt|số|điện|cccd|cmnd|gặp|hoặc|muốn|đến|cho|từ|vì"
    "|nhưng|hay|khi|không|hỏi|nhờ|sinh|thì|mà|của|với|ở|tại|năm|ngày|tháng|em|tôi|mình|cháu|con|ông|bà|anh|chị|đt|dt"
    "|bao|lúc|làm|về|phải|cần|hộ|giúp|ạ|nhé|nha|nhận|thôn|xóm|ấp|xã|phường|tỉnh|huyện|quận|đường|phố|tổ|khu|ngõ|hẻm"
)
NUMBER = (
    r"(?<!\d)(?<!\d\.)(?!\d{1,3}(?:\.\d{3})+(?!\d))"  # no «1.250.000»
    r"[a-zđ]?\d{1,5}[a-zđ]?\d{0,2}(?:[/.-][a-zđ]?\d{1,4}[a-zđ]?)*(?!\w|[.,/]\d|/\w| \d{3}| \d \d)"
)
_LANE = (
    "thôn|xóm|ấp|khóm|buôn|bôn|bản|làng|sóc|phum|plei|palei|tổ dân phố|tdp|khu phố|kp|tổ|khu nhà trọ|khu tập thể"
    "|tập thể"
    "|khu vực|khu đô thị|kđt|khu dân cư|kdc|khu tái định cư|khu|ngõ|ngách|hẻm|kiệt|đường|phố|đại lộ|quốc lộ|tỉnh lộ"
    "|nhóm(?=\\s(?:\\d{1,2}|@name),\\s(?:bản|thôn|buôn|xóm|ấp|làng)\\s)|bờ kè|bến đò|bến|cụm|đội|chung cư|ký túc xá|ktx"
    "|đầu ngõ|cuối ngõ|đầu hẻm|cuối hẻm|đầu làng|cuối làng|đầu xóm|cuối xóm|đầu thôn|cuối thôn|đầu ấp|cuối ấp|đầu bản"
    "|cuối bản|điểm dân cư|tiểu khu|cù lao|cư xá|miệt vườn|miệt thứ|miệt(?=\\s(?-i:[@capital]))|khu trọ|dãy trọ|trọ|bon"
    "|kênh|kinh|rạch|xẻo|khu gia đình|nhà công vụ"
    "|(?:giồng|giáp|mường|lũng|vạn chài|vạn|làng bè|nhà bè)(?=\\s(?:(?-i:[@capital])|số))|ktt|tổ dp"
    "|cụm dân cư|dốc|lộ|khối phố|khối(?=\\s(?-i:[@capital]|\\d))"
)
_LARGER = (
    "x\\.|p\\.(?=\\s?(?-i:[@capital]))|tt\\.?|xã|phường|thị trấn|thị xã"
    "|huyện|quận|thành phố|tp\\.?|tx\\.?|tỉnh|khu đô thị|kđt|khu dân cư|kdc|khu tái định cư"
    "|khu công nghiệp|tòa nhà|tòa|chung cư|dãy|block|tầng|lầu|đảo|lô|nhà"
)
_LED = (
    "số nhà|nhà số|nhà trọ số|phòng trọ số|phòng trọ|phòng số|phòng|buồng số|buồng|căn hộ số|căn hộ|căn số"
    "|biệt thự|liền kề|căn|nền|lô|ki[ -]?ốt số|ki[ -]?ốt|quầy|sạp"
    "|ph\\.|nhà|số|sn(?!\\s?(?:19|20)\\d\\d\\b)|p\\.|p(?=\\s?\\d{3})|hộ số|tầng|lầu"
)
_SHORT = "k\\.?p|t\\.?d\\.?p|kv|ấ|ấp|ap|kh"
_SHORTEST = "[akbtđấ]|th|tng|tk|xm|bđ|ng|ngh|đ|cc"
"""«KP. Bình Hòa», «Ấ. Tân Bình»; and those that need a ward behind them or a word for living before them."""
_CODED = (
    r"(?-i:(?:BT|LK|CT|NO|HH)\d{1,3}(?:[-.]\d{1,4}){1,2}[A-Z]?)(?:\s@name)?"
    r"|(?:căn|căn hộ|căn liền kề|liền kề|biệt thự|tòa)\s(?-i:[@capital]{1,4}\d{0,3}(?:[-.]\d{1,4}){1,2}[@capital]?)"
)
"""«căn LK4-12», «biệt thự BT3-05»"""
_NOT_A_PLACE = (
    r"khối (?:lượng|thi đua|cơ quan|lớp|đoàn|dân vận|mặt trận|chính quyền|đảng|kiến thức|tài sản|nội chính|trường"
    r"|\d+(?!\s?[,–-]\s?(?:phường|thị trấn|p\.|tt)))"
    r"|nhà (?:nghỉ|khách|gươl|rông|dài|sàn|thờ|chung|bệnh nhân|nạn nhân)\b"
    r"|(?:thôn|xóm|ấp|bản|buôn|làng|tổ|khu|đường|phố|ngõ) (?-i:nào|gì|mấy)\b"
    r"|(?:khu )?làng (?:đại học|sinh viên|nghề|trẻ|văn hóa|du lịch)\b"
    r"|khu (?:đại học|du lịch|di tích|cách ly|điều trị)\b"
    r"|\d+\s(?:số )?(?:cccd|cmnd|cmt|bhyt|bhxh|gplx|gpkd|qđ|tb"
    r"|bc|kh|tt|sim|thẻ|giấy|sổ|hồ sơ|cà vẹt|xe|rồi|xong|thì|mà|và)\b"
    r"|\d+(?:k|tr)\s|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d|"
    r"bến (?:tre|cát|cầu|lức)\b|sóc (?:trăng|sơn)\b|phố (?:lu|ràng|nối|hiến)\b"
    r"|(?:tổ|bản|lô|số|khu|đội|cụm|bến|phòng|ấp|sóc|nhà|căn|phố|đường|làng) "
    r"(?:chức|trưởng|báo|sao|sánh|tiền|lượng|vực|phó|cáo|vắc|cũ|mới|cuối|đăng|từ|điện|dây|thuốc|cứ|công an|viên)\b"
)
_COUNTED = (
    r"\d{1,2}[hg](?:\d\d)?\b|"
    r"\d+\s(?:cv\b|giờ|phút|độ|ngày|tháng|năm|thôn|xã|phường|khu|hộ|người|điểm|nhà|tổ|lớp|đơn|máy|tuổi|triệu"
    r"|tỷ|nghìn|đồng"
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
_JOIN = r"(?:\s?,\s?|\s(?:–|-)\s|\s)"


def place_name(marked: bool, cased: bool) -> str:
    """What the name of a place looks like in a text with or without diacritics and capitals."""
    one = CASED if cased else _SMALL.replace("@stop", _STOP if marked else fold(_STOP))
    return rf"{one}(?:\s{one}){{0,4}}" if cased else rf"{one}(?:\s{one}){{0,3}}"


def segments(cased: bool) -> dict[str, str]:
    """The rules for a chain of segments, for what tells of a home without any, and for what is none, by their names."""
    inner = r"(?:(?:chợ|chùa|đình|ga|cầu|trường|nhà thờ|số|tỉnh|huyện|liên xã|liên thôn)\s)?"
    house = (
        rf"(?:(?<!\w)(?:{_LED})\s?{NUMBER}(?:\s@name)?"
        rf"|(?<![\w.,/-])(?<!khoản )(?<!mùng )(?<!mồng )(?<!mục )(?<!điểm )(?<!thứ ){NUMBER}\s{inner}"
        r"(?!\d|(?-i:[A-Z]\d+\b)|(?:điều|khoản|chương|mục|luật|nghị|quyết|người|hộ)\b)@name"
        r"|(?<!\w)nhà không số"
        rf"|(?<![\w-])(?-i:[A-Z]{{1,3}}(?:-?\d{{1,4}}|\d{{0,2}}(?:[-.]\d{{1,4}}){{1,2}})[A-Z]?)"
        r"(?=,?\s(?:tòa|chung cư|khu đô thị|kđt|block)\s@name)"
        rf"|(?<!\w)(?:{_CODED})"
        rf"|(?<!\w)(?:nhà trọ|nhà|phòng trọ) (?:ông |bà |anh |chị |cô |chú |bác |cụ )?@name)"
    )
    ward = r"(?=\s?,?\s(?:x\.|p\.|tt\b|kv\b|xã|phường|thị trấn))"
    shortest = rf"(?:(?:{_SHORTEST})\.\s?|[Kk]\s|tk\s|cc\s)(?:{NUMBER}|(?-i:(?=[@capital]))@name){ward}"
    bare = rf"(?<!thành )(?:(?:{_LANE})\s|(?:kp|kv|tdp|xóm|ấp|tổ|thôn|khóm)(?=\d)){inner}(?:{NUMBER}(?:\s@name)?|@name)"
    bare += r"|(?:dãy|khu|xóm) trọ (?:ông|bà|anh|chị|cô|chú|bác|cụ) @name"
    if cased:
        bare += rf"|(?:{_SHORT})\.\s?(?:{NUMBER}|(?-i:(?=[@capital]))@name)|{shortest}"
    bare = f"(?:{bare})"
    capital = r"(?=(?:Khối|Thôn|Xóm|Ấp|Buôn|Bản|Làng|Khóm|Plei|Ngõ|Ngách|Hẻm|Khu|Tổ)\s)"
    short = rf"(?i:{_SHORT}|{_SHORTEST}|k)\.|K\s|TK\s|CC\s"
    lane = rf"(?<!\w)(?:(?<!\w\s)|(?-i:(?![@capital])|{capital}|(?={short}))){bare}"  # «Kim Thị Sóc Kha» is a person
    housed_lane = rf"(?<![\w.,/-])(?!(?:19|20)\d\d\s){NUMBER}\s{bare}"
    mark = r"(?:ngay |ở )?(?:sát|gần|cạnh|đối diện|sau|trước|đầu|cuối|giữa)\s[^,.;:\n]{2,30}"
    larger = rf"(?:{_LARGER})\s?(?:{NUMBER}|@name)"
    first = rf"(?:{housed_lane}|{lane}|{house})"
    chain = rf"(?P<mark>(?:{mark},\s)?){first}(?:{_JOIN}(?:{first}|{larger}))*"
    beside = r"(?:ngay |phía |ở |sát |bên |nằm )*(?:sát|gần|cạnh|đối diện|đằng sau|sau|trước|bên|kế|giáp|cuối|đầu)"
    landmark = (
        rf"(?<!\w)(?:(?:căn |ngôi )?nhà (?:trọ |riêng |ở |sàn |lá )?|ở (?=(?:ngay|phía|sát|gần|cạnh|đối|kế|đằng)\b))"
        rf"{beside}\s"
        r"(?!(?:đây|đó|khi|ngày|năm|tháng|tuần|nhau|hết|này|cùng)\b|\d)[^,.;\n()]{3,40}"
    )
    shelter = (  # without a name, after a word for living
        r"(?<=[:\s])(?:khu|nhà|lán|lều|trại|chòi|bè|ghe|thuyền|dãy|tập thể|ký túc|chái|gầm|trên|dưới|trong|ngoài)\s"
        r"(?!(?:này|đó|đây|riêng|ở|của|tôi|khách|nghỉ|nhà|có|nước|ta|khác|địa bàn|vneid|cổng|mạng|hệ thống|giấy"
        r"|thẻ|sổ|số|cccd|cmnd|căn cước|hộ chiếu)\b)"
        r"[^\d,.;:\n()|][^,.;:\n()|]{3,60}"
    )
    village = r"@name(?=,\s?(?:xã|phường|thị trấn|thôn|bản|ấp|xóm|buôn)\s@name)"
    return {
        "chain": chain,
        "told": rf"(?:{landmark}|(?<!\w){village}|{shelter})",
        "house": rf"(?:{housed_lane}|{house})",
        "alone": rf"(?:{_LED})\s?{NUMBER}",
        "hosted": r"(?:nhà|nhà trọ) (?!\d)(?:(?:ông|bà|anh|chị|cô|chú|bác|cụ) )?@name",
        "no_place": rf"{_NOT_A_PLACE}|{_COUNTED}|{_LENGTH}",
        "villages": r"(?<!\w)@name(?:,\s@name){1,3}(?!\w)" if cased else "(?!)",
    }
