"""Dates of birth in a text: after a word for being born in any wording, or right behind a name.

Days, months and years may be figures or words, the year one of the sixty of the calendar («Kỷ Sửu 1949»). Years of a
whole group («sinh từ 1946 đến 1954»), of animals, and words that only end in «sinh» are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.checks.personal.addresses import names_somebody
from service.text import has_marks

_MONTH = r"(?:\d{1,2}|gieng|mot(?! chin)|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi mot|muoi hai|muoi|chap)"
_MONTH_ABROAD = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_YEAR = r"(?:19|20)\d{2}"
_YEAR_SAID = (
    r"(?:mot (?:nghin|ngan) chin tram(?: \w+){1,4}|hai (?:nghin|ngan)(?: khong tram)?(?: \w+){1,3}"
    r"|mot chin \w+ \w+|hai khong \w+ \w+|(?:bon|nam|sau|bay|tam|chin)"
    r" (?:muoi(?: (?:mot|hai|ba|tu|lam|sau|bay|tam|chin))?"
    r"|mot|hai|ba|tu|bon|lam|nam|sau|bay|tam|chin|khong))"
)
_DIGIT = "(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)"
_CYCLE = r"(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy) (?:ty|suu|dan|mao|meo|thin|ti|ngo|mui|than|dau|tuat|hoi)"
_SIGN = r"(?:ty|suu|dan|mao|meo|thin|ngo|mui|than|dau|tuat|hoi)"
_DATE = (
    rf"(?:(?:mung |mong )*\d{{1,2}} ?[/.–-] ?(?:\d{{1,2}}|[ivx]{{1,4}}) ?[/.–-] ?(?:{_YEAR}|\d{{2}}(?!\d))"
    rf"|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|{_YEAR}[01]\d[0-3]\d(?!\d)"
    rf"|\d{{1,2}}[ -]?{_MONTH_ABROAD}[ ,-]*{_YEAR}|{_MONTH_ABROAD} \d{{1,2}}, ?{_YEAR}"
    r"|\d ?\d ?[/.-] ?\d ?\d ?[/.-] ?[12] ?[09] ?\d ?\d(?! ?\d)|[0-3]\d[01]\d(?:19|20)\d\d(?!\d)"  # in boxes
    rf"|(?:(?:ngay |mung |mong |ram )*(?:\d{{1,2}} )?(?:thang |t))?{_MONTH}(?: ?[/.-] ?| nam ){_YEAR}"
    rf"|(?:(?:ngay |mung |mong )*(?:\d{{1,2}}|\b\w{{1,9}}(?: \w{{1,9}}){{0,2}})|ram),? thang {_MONTH}"
    rf"(?:(?:,? nam|[/,])? ?(?:{_YEAR}|{_YEAR_SAID}|{_CYCLE}))?"
    rf"|thang {_MONTH},? (?:nam )?(?:{_YEAR}|{_YEAR_SAID}|{_CYCLE})|thang {_MONTH} nam (?:ngoai|nay|kia)\b"
    rf"|\d{{1,2}} tet(?:,? nam)? (?:{_YEAR}|{_CYCLE})|(?:19|20) \d\d(?! ?\d)"
    rf"|(?:\d ){{7}}\d(?! ?\d)|(?:1 9|2 0) \d \d(?! ?\d)"
    rf"|(?:{_CYCLE} ?[(,]? ?)?{_YEAR}|{_YEAR_SAID}|(?:(?:doi|lut|loan|bao|mat mua) )?{_CYCLE}"
    rf"|{_DIGIT}(?:[ ,/.-]{{1,2}}{_DIGIT}){{3,9}}"
    rf"|(?:mong|mung|nam|dem|mua|hom|buoi|sang|chieu|toi|ram|tet|giao thua|ngay|vao|dau|cuoi|giua)"
    rf"(?: (?:[^\W\d]+|\d{{1,2}}(?= tet))){{0,5}}"
    rf"(?: \d{{1,2}}[/-]\d{{1,2}})?,? (?:nam )?(?:{_YEAR}|{_CYCLE})"
    rf"|\d{{1,2}}[/-]\d{{1,2}}(?:,? nam {_YEAR})?)"
)
_NO_BIRTH = r"(?! (?:hoat|vien|song|thai|ke|hoc|vat|san|loi|nghe|ra tu)\b)"
_HOUR = (
    r"(?:,? (?:(?:luc|hoi|vao) )?\d{1,2}(?: gio| ?h)(?: ?\d{1,2}(?!\d|[/.-]))?"
    r"(?: phut)?(?:,? (?:sang|chieu|toi|dem))?)?"
)
"""«lúc 3h15 sáng»"""
_OF_WHOM = r"(?: (?:cua|toi|em|chau|ong|ba|anh|chi|co|chu|be|truong|vo|chong|con|me|bo)(?: [^\W\d]+){0,4}?)?"
_WHEN = (
    r"(?:ra|duoc|dung(?: (?:ngay|dip|hom)(?: [a-z]+){1,4}(?= \d))?|(?:thang|tuan|hom) (?:truoc|qua|roi),?"
    r"|sang|chieu|toi|(?:nua )?dem|thu (?:hai|ba|tu|nam|sau|bay),?"
    r"|(?:am|duong) lich|quang|ang|phong|nhung|hoi|tam|cung|hom|ngay|nam|thang|vao|khoang|chung|luc"
    r"|dau|cuoi|nham|trong|cac)"
)
_BORN = re.compile(
    rf"(?:\bsinh(?: ha)?(?: duoc)?(?: (?:con|be) (?:trai|gai))?(?: nhat{_OF_WHOM})?"
    r"(?: (?:doi|ba|non|mo|thuong|thieu thang)(?: voi [^.;,\n\d]{2,20})?)?"
    r"(?:(?: ra| va lon len)?,? (?:tai|o) [^.;\n]{2,50}?(?=,? (?:ngay|nam|thang|vao|luc|mua)\b))?"
    rf"(?: \d[\d.,]* ?(?:gram|gam|kg))?{_HOUR}(?:,? gio [a-z]+)?(?:,? {_WHEN})*"
    rf"|\b(?:ngay(?:,? thang)?(?:,? nam)?|nam) sinh{_NO_BIRTH}(?: [^\W\d]+(?:/[^\W\d]+)?){{0,5}}?"
    r"(?: ?\([^)\d]{1,40}\))?"
    r"|\b(?:ngay|nam)_?sinh\b[\"']?"
    r"|\bs\.? ?nam\b|\bsinh n\.|\bsn\b|\bns\b|\bntns\b|\bn\.? ?sinh|\b[sn]s?n?(?=(?:19|20)\d\d\b)|\b[sn][./][sn]\b\.?"
    r"|\bs\. ?(?=(?:19|20)\d\d\b)|\bd\.?o\.?b\b\.?|\bbirth ?(?:date|day)|\bdate of birth"
    r"|\bkhai sinh(?: [a-z]+){0,3} (?:ghi|de)(?: la| ngay| nam| nham| sai)*(?= \d)"
    rf"|\blot long(?: me)?{_HOUR}(?: ngay)?|\bchao doi(?: (?:ngay|vao|luc|hom))*{_HOUR}(?= \d| ngay)"
    r"|\bcat tieng khoc(?: (?:chao doi|dau (?:tien|doi)))?(?: (?:vao|luc))*"
    r"|\b(?:ngay|nam|thang) sanh|\bsanh(?: (?:ngay|nam|thang))*|\bborn(?: (?:on|in))?"
    r"|\bra doi ?(?=:)"
    rf"|(?<!tap )\b(?:be|chau|con|tre|em|me|cha|bo|ong|ba|toi|cu|anh|chi|co)(?:,? \w+){{0,6}},? (?:chao doi|ra doi)"
    r"(?: (?:o|tai) [a-z ]{2,30}?(?= (?:ngay|nam)\b))?"
    rf"{_HOUR}(?:,? {_WHEN})*"
    r"|(?<!sinh )\bde(?:(?: (?:chau|con|be|no|em|toi|roi|non))*(?: (?:dung|vao|hom|luc|khoang|dem|sang|chieu))*"
    r" (?:ngay|nam)\b"
    r"|(?: (?:chau|con|be|no|em|toi|roi|non))*(?: (?:dung|vao|hom|luc|dem|sang|chieu))+(?= (?:\d|mung |mong |ram ))"
    r"|(?: (?:chau|con|be|no|em|toi|roi|non|hoi|vao))*"
    r" (?=(?:(?:mung|mong|ram|ham|muoi) (?:\w+ ){0,2})?(?:thang|tet)\b)))"
    rf"{_OF_WHOM}[ .…]*\s*(?:[:.,|=–-]|\bla\b|\))?\s*[\"'(\[]?"
    r"(?:la |vao |khoang |khong ro,? (?:nam )?|n(?:am|u) ?:? (?=\d))?(?:[._…]{1,6} ?/ ?){0,2}"
    rf"(?P<it>{_DATE})"
    r"(?! ?(?:den|tro di|tro lai|tro ve|tro len)\b)(?! ?[-–] ?\d)(?!\d)(?!(?<=[a-z])[a-z])"
    r"(?! (?:la|co) \d{1,4} (?:em|chau|nguoi|hoc sinh|tre|doan vien)\b)"
)
_LISTED_ON = re.compile(
    rf"(?:\s?[,;/]| va| -)\s?(?:(?:ngay|nam) )?(?P<it>\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR}|{_YEAR})(?![\d/-]?\d)"
)
_SEVERAL = re.compile(
    r"\b(?:(?:cac|hai|ba|bon|nam|may|\d)(?: [a-z]+)? (?:con|chau|be|dua|em|anh|chi|cu|vo chong)|vo ?(?:/|va|,) ?chong"
    r"|vo chong|lan luot|sinh (?:doi|ba|cac nam)|va (?:ong|ba|anh|chi|em|chau|vo|chong))\b"
)
"""Of whom each was born on a day of their own: «hai cháu sinh ngày …, ngày …»."""
_MORE = re.compile(
    rf"(?:,| va| voi| hoac|[^.\n]{{0,12}} phai la)\s+(?P<it>{_YEAR})(?!\d)"
    rf"|[^.;\n]{{0,60}}(?:the|cuoc|to|so|giay|cong|bang|ghi)(?: [^.;\n]{{1,24}})? lai (?:la|ghi)\s+"
    rf"(?P<again>{_DATE})(?!\d)"
    rf"|[,;]? (?:nhung )?(?:dung|that|thuc)(?: ra| te)(?: (?:la|phai|nam|ngay|sinh))* (?=\d)(?P<really>{_DATE})(?!\d)"
    rf"|,? (?:doi |sua |ghi )?(?:thanh|sang) (?:ngay |nam )?(?=\d)(?P<changed>{_DATE})(?!\d)"
    rf"|,? \(?tuc(?: la)? (?:ngay |nam )?(?=\d)(?P<same>{_DATE})(?!\d)"
    rf"|,? (?:khac|lech|khong khop)\b[^.;\n\d]{{0,40}} (?=\d)(?P<differs>{_DATE})(?!\d)"
    rf"|,? hay (?:la )?(?=\d)(?P<or>{_DATE})(?!\d)"
    rf"|[^.;\n]{{0,60}}\blai khai (?:la |ngay )?(?P<declared>{_DATE})(?!\d)"
    rf"|[ ,]+(?:chu |va )?khong phai(?: la)?(?: ngay)?\s+(?P<not>{_DATE})(?!\d)"
    rf"|[^.;\n\d]{{0,20}}\bdung (?:ghi|viet)(?: la| thanh)? (?=\d)(?P<never>{_DATE})(?!\d)"
    r"|[^.;\n\d]{0,40}\b(?:con|nhung|ma|trong khi|cccd|can cuoc|cmnd|chung minh|ho khau|hoc ba|ly lich|bang)\b"
    r"[^.;\n\d]{0,40}"
    rf" (?:ghi|la)(?: dai| tam| bua)?(?: la)?(?: ngay| nam)* (?=\d)(?P<elsewhere>{_DATE})(?!\d)"
)
"""More of the same: «1986 và 1988», «ghi 1947, … lại là 1948», «19/8/1972 chứ không phải 18/9/1972», «15/8/1958
nhưng lý lịch ghi 10/1957»."""
_NAMED_DATE = re.compile(
    r"(?P<name>(?<![\w'’])(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4})(?<!\d)"
    r"(?:\s\([^\W\d]{1,12}\)|,? (?:tên gọi khác|tên khác|thường gọi|bí danh|tức)(?: là)?:?(?:\s[^\W\d]+){1,4})?"
    r"\s*[–,;/(|\t-]\s*"
    r"(?:(?:[Gg]iới tính:? )?(?:[Nn]am|[Nn]ữ)|(?:SBD|[Ss]ố báo danh|[Ll]ớp)[^,;|\n]{1,12})?[ ,;|/–-]*"
    r"(?P<it>(?:\d{1,2}[/.-]\d{1,2}[/.-]|\d{1,2}[ /]tháng \d{1,2}(?: năm |, ?|/)|(?:tháng )?\d{1,2}[/.-])"
    r"(?:19\d{2}|20(?:[01]\d|2[0-2]))|\d{1,2}[/.-]\d{1,2}[/.-][013-9]\d(?=\s?[,;|)]|\.?(?:\s\d{1,2}[).]|$)))"
    r"(?![\d/-]?\d)"
)
"""A date behind a name: a child's year of birth at the latest, for after it the day of a document is likelier."""
_BORE_YEAR = re.compile(r"\bđẻ (?:ra )?năm (?P<it>[2-9]\d)\b(?!\s*(?:lứa|con|triệu|nghìn))", re.IGNORECASE)
"""«cụ đẻ năm 43»"""
_SHORT_YEAR = re.compile(
    r"\b(?:sn|sinh nam|ns|nam sinh):? ?[’'`]?(?P<it>[3-9]\d)"
    r"(?=[,.;)]|$|\n| (?:thi|co|hien|lam|da|dang|muon|xin|chua|hoc|di|bi|roi)\b)"
)
"""«SN 85»: below 30 it may be a house."""
_NAMED_YEAR = re.compile(
    r"(?:(?P<name>(?<![\w'’])(?:(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4}|(?:\w\.){2,4}\w?))\s*[(,;/|\t–-]"
    r"(?:\s?(?:chủ hộ|vợ|chồng|con|cháu"
    r"|mẹ|cha|bố|bà"
    r"|ông|em|anh|chị|dâu|rể)(?: \w+)?[,;/|–-]|(?:nam|nữ)[;|]"
    r"|(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý) \w+ ?[–-])?"
    r"|\b(?:[Nn]am|[Nn]ữ),|(?<=[,;|(/–-] )(?:[Nn]am|[Nn]ữ)\s?[;|/–-])\s*(?:khoảng (?:năm )?)?(?P<it>19[2-9]\d|200\d"
    r"|201\d)(?=\s*[),;/|–-]|\t|\.(?:\s|$)|$)",
    re.MULTILINE,
)
_FORGOTTEN = re.compile(
    rf"\bsinh\b[^.;\n]{{0,40}}?(?:(?:khong|chua|chang) (?:nho|ro|biet)|chi (?:biet|nho))[^.;\n]{{0,40}}?"
    rf"\b(?P<it>{_YEAR}|{_CYCLE})\b"
    rf"|(?<![\d/.-])(?P<year>{_YEAR}) ?[(,;–-] ?(?:khong|chang|quen) (?:con )?(?:(?:nho|ro|biet|co) )?ngay\b"
)
"""«sinh không rõ ngày, chỉ biết năm 1951», «1991 (không nhớ ngày tháng)»"""
_ASKED = re.compile(
    rf"(?:\bsinh (?:ngay |thang )?(?:nam )?(?:nao|gi|may|bao nhieu)\b|\b(?:ngay|nam) sinh\b(?=[^\n\d?]{{0,25}}\?))"
    rf"[^\n\d]{{0,40}}?"
    rf"(?:\b(?:dap|thua|tra loi|tl|viet|ghi|khai|noi)\b(?: la| vao)?|\?)[\"”]?\s{{0,2}}[:–-]? ?"
    rf"(?:[a-z]{{1,8}}: ?)?[\"“]?(?:da )?(?:nam |ngay |bua )?(?P<it>{_DATE})(?!\d)"
)
"""«sinh năm nào? Đáp: tám mươi sáu»"""
_MENDED = re.compile(
    r"\bsinh\b[^\n]{0,120}?\b(?:(?:sua|doi|dinh chinh|chinh|ghi nham|ghi sai|viet nham)(?: lai)?(?: cho dung)?"
    rf" (?:thanh|la|sang) (?:ngay |nam )?|(?:lai|chi|deu|cung) ghi (?:la )?(?:ngay |nam )?)(?P<it>{_DATE})(?!\d)"
)
_CHANGED = re.compile(
    rf"\b(?:ngay|thang|nam) sinh\b[^.;\n\d]{{0,60}}?\btu (?:ngay |nam )?(?=\d)(?P<it>{_DATE})[^.;\n\d]{{0,30}}?"
    rf"\b(?:thanh|sang|qua) (?:ngay |nam )?(?=\d)(?P<other>{_DATE})(?!\d)"
)
"""«cải chính ngày sinh từ 15/3/1979 thành 13/5/1979»"""
_BEAST = "(?:chuot|trau|ho|cop|meo|rong|ran|ngua|de|khi|ga|cho|heo|lon)"
_BY_SIGN = re.compile(
    rf"\b(?:tuoi|cam tinh)(?: con)? (?:(?P<cycle>{_CYCLE}(?:[ ,(]+{_YEAR})?)\b(?!,? sinh)"
    rf"|(?:{_BEAST}|{_SIGN})[ ,(]+(?:sinh )?(?P<it>19[2-9]\d|20[012]\d)(?!\d))"
)
"""«tuổi Mậu Thìn», «cầm tinh con ngựa, 1990»"""
_NEWBORN = re.compile(
    r"\b(?:be|tre)(?: (?:trai|gai|so sinh)){1,2}[, (]{1,2}(?P<it>\d{1,2}[/.-]\d{1,2}[/.-]20[12]\d)(?!\d)"
)
_BORE = re.compile(
    rf"(?<![\w/.-])(?P<it>(?:(?:ngay|thang|nam) )?(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR}"
    rf"|thang \d{{1,2}} nam {_YEAR}|(?<=nam ){_YEAR})),?"
    rf" (?:me|ma|u|bam|vo|vo chong)(?: \w+){{0,3}} (?:sinh|de|sanh)(?: ra)? (?:toi|tui|em|chau|con|nguoi con|be|duoc)\b"
)
"""«Năm 1976 mẹ sinh ra tôi»"""
_WRONGLY = re.compile(r"\b(?:sai|nham|lon)\b")
"""«ghi sai năm sinh 1961 thành 1916»: what it was made is nobody's."""
_IN_WORDS = re.compile(
    r"\bsinh\b[^\n]{0,60}\n?[^\n]{0,12}\bbang chu ?:? ?(?:ngay )?"
    r"(?P<it>[a-z]+(?: [a-z]+){0,2},? thang [a-z]+(?: [a-z]+)?,? nam [a-z]+(?: [a-z]+){2,7})"
)
"""«sinh ngày 29/02/2013 …, đề nghị sửa thành 28/02/2013»"""
_BESIDE_NUMBER = re.compile(r"(?<!\d)(?:\d ?){12},? (?:sinh )?ngay (?P<it>\d{1,2}/\d{1,2}/(?:19\d\d|20[01]\d))(?!\d)")
"""«…, số định danh 048051000739, ngày 08/8/1951»; the day of issue is «cấp ngày»."""
_GENDER = re.compile(r"\b[Nn](?:am|ữ)\b")
_OF_GENDER = re.compile(r"\b(?:[Bb]ệnh nhân|[Cc]a \w+:?|[Nn]ạn nhân)\s(?:nam|nữ)$")
_SAID_NUMBER = "(?:không|một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|mốt|trăm|nghìn|ngàn|linh|lẻ)"
_SAID_DATE = re.compile(
    r"(?P<name>(?<![\w'’])(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4})\s?(?:–|-|,|\()\s?(?:ngày )?"
    rf"(?P<it>[a-zà-ỹ]+(?: [a-zà-ỹ]+){{0,2}} tháng [a-zà-ỹ]+(?: [a-zà-ỹ]+)? năm [a-zà-ỹ]+(?: [a-zà-ỹ]+){{1,5}}"
    rf"|\d{{1,2}} tháng (?:\d{{1,2}}|[A-ZĐa-zà-ỹ]+(?: [a-zà-ỹ]+)?) năm {_SAID_NUMBER}(?: {_SAID_NUMBER}){{2,7}})"
)
_SELF_YEAR = re.compile(
    r"(?:^|[:,.] )(?:em|e|chau) (?P<short>[89]\d)(?=,)"
    r"|\b(?:toi|em|minh|chau), (?:sinh )?(?P<it>19[3-9]\d|200\d|201\d)(?=,)"
    r"|\b(?:toi|vo|chong|chu ho|me|cha|con dau|con re) (?P<bare>19[3-9]\d|200\d)(?=[,;)]|\.?$|\.\s)"
)
"""«tôi, 1979, …», «vợ 1982»"""
_TITLED_YEAR = re.compile(
    r"\b(?:[Aa]nh|[Cc]hị|[ÔôOo]ng|[Bb]à|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]ụ|[Bb]é|[Ee]m|[Cc]háu)(?: [A-ZĐÀ-Ỹ][a-zđà-ỹ'’]*){1,4}"
    r",? (?P<it>19[2-9]\d|200\d|201\d|['’][5-9]\d)\b(?! (?:đồng|m|kg|người|hộ|phiếu|điểm|suất))"
)
"""«anh Tuấn 1982»"""
_TITLED_DATE = re.compile(
    r"\b(?:[Aa]nh|[Cc]hị|[ÔôOo]ng|[Bb]à|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]ụ|[Tt]hầy|[Dd]ì|[Ee]m|[Cc]háu)"
    r"(?: [A-ZĐÀ-Ỹ][a-zđà-ỹ'’]*){1,4} ?\((?P<it>\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|200\d|[3-9]\d)|19[2-9]\d|200\d)"
    r"(?=[,;)])"
)
"""«thầy Đạo (3.3.1955, …)»"""
_TOLD_YEAR = re.compile(
    rf"\bcu (?:ong|ba) (?P<it>19[2-4]\d)\b"
    r"|\b(?:dua|con|chau|be|thang)(?: (?:gai|trai|lon|nho|be|ut|dau|giua|sau|ca|ruot|noi|ngoai|re|thu \w+)){1,3}"
    r" (?P<child>(?:\d{1,2}/|thang \d{1,2} nam (?:ngoai|nay|kia), tuc (?:la )?(?:\d{1,2}/)?)?"
    rf"{_YEAR})(?![\w/]|[.,]\d| (?:dong|m2|kg)\b)"
    r"|\b(?P<slang>2k\d{1,2})\b"
)
"""«cụ ông 1938», «đứa út 8/2024», «2k5»"""
_AGE = re.compile(
    rf"(?:\b|(?<=\d))(?:tuoi|(?<=\d)t(?= ?\())(?:(?: ta| mu| am| thuc te)? ?[:(–-]+ ?"
    rf"| (?=(?:{_CYCLE}|{_SIGN}) |19[2-9]\d\b)|(?<=tuoi):[^\n]{{0,30}}? )"
    rf"(?: ?{_CYCLE} ?\(|sinh |{_SIGN} |\d{{1,3}} ?\()?"
    rf"(?P<it>(?:\d{{1,2}}[/.-])?\d{{1,2}}[/.-]{_YEAR}|(?:{_CYCLE} ?[(,]? ?)?(?:19[2-9]\d|20[01]\d)|{_CYCLE})"
    r"(?![\d/.-]?\d)"
)
"""«62 tuổi (1963)», «Tuổi: ghi theo thẻ – 22/9/1966»"""
_AGED = re.compile(r"\b(?P<age>\d{1,3}) tuoi, (?P<it>\d{1,2}[/.-]\d{1,2}[/.-](?P<year>(?:19|20)\d\d))(?![\d/-]?\d)")
"""«34 tuổi, 08/03/1990»: the age agrees."""
_KIN_YEAR = re.compile(
    r"\b(?:ông|bà|bố|mẹ|cha|vợ|chồng|anh|chị|em|con|cháu|cô|chú|dì|bác)(?:\s[a-zà-ỹđ]+){1,3}\s\((?P<it>19[2-9]\d|20[01]\d)\)"
    r"|(?<!\w )\b(?:vợ|chồng|con|mẹ|cha|bố|nam|nữ)(?:: |(?<=vợ), |(?<=chồng), )"
    r"(?P<said>\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|20[012]\d))(?=\s?[;,.)]|$)",
    re.IGNORECASE,
)
"""«chị ruột tôi (1971)»"""
_NAMES_WITH_YEARS = (
    r"(?:(?:\d[).] ?)?[A-ZĐÀ-Ỹ][a-zđà-ỹ]+(?: \((?:19[2-9]\d|20[01]\d)\)"
    r"|, (?:19[2-9]\d|20[01]\d)(?=;))(?:, | và |; )?){2,}"
)
_LISTED_YEARS = re.compile(
    r"\b(?i:anh|chị|em|con|cháu|vợ|chồng|bố|mẹ|ông|bà)\b[^.\n]{0,40}?[:(]?\s"
    rf"(?P<list>{_NAMES_WITH_YEARS})"
    rf"|(?P<first>{_NAMES_WITH_YEARS})(?=[^.;\n]{{0,20}}\b(?:con|cháu|anh em)\b)"
    r"|\b(?:hai|ba|bốn|các|\d) (?:con|cháu|bé|em|đứa)(?: [a-zđà-ỹ]+){0,2}\s?[:(–-]\s?"
    r"(?P<bare>(?:(?:19[2-9]\d|20[012]\d)(?:,? và |, |; )?){2,})(?!\d)"
)
"""«anh chị em tôi gồm: Tâm (1961), Tín (1963)», «An (2012), Bình (2014) là con tôi», «hai cháu: 2012 và 2014»"""
_CHILD_MONTH = re.compile(
    r"\b(?:[Bb]é|[Cc]háu)(?: [A-ZĐÀ-Ỹ][\w'’]*){1,4}\s?[,(;|/–-]?\s?(?:(?:nam|nữ)\s?[,;|/–-]\s?)?"
    r"(?P<it>\d{1,2}[/.-]20[012]\d(?![\d/])|(?:\d{1,2}[/.-]\d{1,2}[/.-]|\d{1,2}[ /]tháng \d{1,2}"
    r"(?:,| năm| năm (?:ngoái|nay),|/) ?)20[012]\d"
    r"(?=\s?[,;|)/–]|\s-|\.?\s*$))"
)
"""«bé Na 3/2024», «cháu Kpă Mi Na, 02 tháng 12, 2023»"""
_TWO_VERSIONS = re.compile(
    rf"\b(?:ngay(?: thang)?(?: nam)?|nam) sinh\b[^\n.;]{{0,40}}?\bghi (?:la |nham |sai )*(?P<it>{_DATE})"
    r",? (?:con |va |ma )?"
    rf"(?:dung|dung ra|that ra|phai|thuc te)(?: la)? (?P<other>{_DATE})(?!\d)"
)
"""«sai ngày sinh: trên thẻ ghi 11/02/1962, đúng là 02/11/1962»"""
_RIGHTLY = re.compile(
    rf"\b(?:ngay|thang|nam) sinh\b[^.;\n\d]{{0,60}}\b(?:dung|that|thuc)(?: ra| te| phai)* la (?:ngay |nam )?"
    rf"(?=\d)(?P<it>{_DATE})(?!\d)"
    rf"|\bkhai (?:tre|muon|nham|sai|lai)\b[^.;\n\d]{{0,40}} (?:thanh|la|ghi) (?=\d)(?P<late>{_DATE})(?!\d)"
    rf"|\bghi (?:la |nham |sai )*(?=\d)(?P<other>{_DATE}),? (?:con |nhung |ma )?"
    r"(?:that|thuc|dung)(?: ra| te)? s[ia]nh\b"
)
"""«ghi sai năm sinh của cháu, đúng phải là 2016», «giấy ghi 1971, thật ra sinh năm 1969»"""
_CITED = re.compile(r"\b(?:theo|dẫn|xem)\s(?:\w+\s)?$", re.IGNORECASE)
_SAID_AFTER = re.compile(
    rf"(?P<it>{_DATE}|\d{{1,2}}/\d\d),? (?:\(|la |moi la |dung la |tuc (?:la )?(?=sinh))(?:ngay(?:,? thang)?(?:,? nam)?"
    rf"|(?:thang,? )?nam|(?<=tuc )|(?<=tuc la )) ?sinh\b(?! hoat)"
)
_BORN_AT = re.compile(rf"(?<![\d/.-])(?P<it>\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR}),? sinh (?:tai|o)\b")
"""«ngày 5.1.2026 sinh tại …»"""
_KIN_DATE = re.compile(
    r"\b(?:[Vv]ợ|[Cc]hồng|[Cc]on|[Cc]háu|[Bb]ố|[Cc]ha|[Mm]ẹ)(?: là)?(?: [A-ZĐÀ-Ỹ][a-zđà-ỹ'’]*){2,5},? "
    r"(?P<it>\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|20[012]\d))(?![\d/-]?\d)"
    r"|\b(?:[Bb]é|[Bb]e|[Cc]háu|[Cc]hau)(?: [A-ZĐÀ-Ỹ][a-zđà-ỹ'’]*){1,5} \((?P<year>20[012]\d)\)"
)
"""«vợ Cù Thị Quyên 4.4.1991», «cháu Nguyễn Gia Hân (2020)»"""
_HEADED = re.compile(r"\bngay sinh\b[^\n]{0,40}[:)]\s*(?P<lines>(?:\n[^\n]+)+)")
_HEADED_LINE = re.compile(
    r"\n(?:\d{1,2}[.)] ?|[-+•] ?)?[a-z' ]{2,40}? ?[–,;|-] ?(?P<it>\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d))(?![\d/-]?\d)"
)
"""Lines below «(tên – ngày sinh – mẹ):»"""
_NAME_AND_YEAR = re.compile(
    r"(?P<name>(?<![\w'’])(?:[^\W_]|['’])+(?:\s(?:[^\W_]|['’])+){1,4})"
    r"(?:\s(?P<it>19[2-9]\d|200\d)"
    r"(?=\s*(?:[,;|)]|\.(?:\s|$)|$)|\s(?:trú|ngụ|ở|thường|tạm|quê|hiện|CCCD|cccd|căn cước)\b)"
    r"| (?P<date>\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d)(?=,? (?:[Nn]am|[Nn]ữ|NAM|NỮ)\b))",
    re.MULTILINE,
)
_GROUP = re.compile(r"\b(?:the he|do tuoi|nhom tuoi)\b|\bsinh (?:tu|sau|truoc)\b")
_MANY = re.compile(
    r"(?:(?<![\d/.,-])(?!(?:19|20)\d\d )(?:[5-9]|\d{2,4}|\d{1,3}\.\d{3}) (?!tuoi|ghi)(?:[a-z]+ ){1,4}"
    r"|\b(?:cac|nhung|moi|toan bo|tat ca|so)(?: [a-z]+){1,4} "
    r"|\b(?:thanh nien|cong dan(?: nam| nu)?|hoc (?:sinh|tro)|tre(?: em| nho)?) )$"
)
"""«214 nam thanh niên sinh năm 2007»: nobody in particular."""
_KIN = re.compile(
    r"\b(?:con|chau|em|anh chi em)(?: cua)? (?:toi|tui|em|minh|chung toi|ong|ba|anh|chi|vo chong)(?: [a-z]+)? $"
)
"""«các con tôi sinh năm …»: not all children."""
_CHILDREN = re.compile(r"\bcac (?:con|chau|be) $")
"""«Các con sinh 1981, 1984»"""
_NOT_BORN = re.compile(
    r"\b(?:phat|dan|an|vi|hoc|thi|ve|ky|tai|tuyen|hi|hy|moi|san|nay|song|bam|giao|du|cuu|ho|doan|so|khi|muc|sau"
    r"|trong) $"
)
"""«học sinh năm 2025», «phát sinh 2026»: words that end in sinh."""
_FILED = re.compile(r"\b(?:dang ky|lam|cap|xin|nop)(?: lai| giay| ban sao| trich luc| to)* khai $")
_ISSUED = re.compile(r",? (?:cap|do|tai (?:ubnd|uy ban|so tu phap))\b")
"""«đăng ký khai sinh ngày …», «khai sinh ngày … cấp»: the day of a paper."""
_FEAST = re.compile(r"(?:(?:giáng|phục) sinh|sinh nhật bác(?= (?:hồ|\d)))", re.IGNORECASE)
_BUDGET = re.compile(
    r"\)?[,:;]? (?:(?:thu|chi|cap|phan bo|bo tri|du (?:toan|kien)|quyet toan|can doi|ho tro|con du)\b|\d[\d.,]* ?ty\b)"
)
"""«NS 2024 cấp …»: of the budget («ngân sách»)."""
_ANIMAL = re.compile(
    r"\b(?:bê|bò|nghé|trâu|lợn|heo|dê|gà|vịt|ngan|ngỗng|chó|mèo|ngựa|hổ|voi|đàn|lứa|cây|giống|thú)(?: \w+){0,2} $"
    r"|\bgiống \w+(?: \w+)?, $"
    r"|\b(?:(?<!cầm tinh )con (?:bê|bò|nghé|trâu|lợn|heo|dê|gà|chó|mèo|ngựa|voi|hổ)"
    r"|(?:bê|bò|trâu|lợn|heo|dê) (?:đực|cái|nái|sữa|giống)|chó nghiệp vụ)\b(?P<between>[^.;\n]{0,60})$",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\b(?:của|nhà) [^,;]*", re.IGNORECASE)
_ANIMAL_PLAIN = re.compile(r"\bcon (?:be|bo|nghe|trau|lon|heo|ga|cho|meo|ngua|voi|ho)\b(?P<between>[^.;\n]{0,60})$")
"""Without diacritics only after «con»: «bo» may be a father, «ngan» a name."""


_TODAY = range(2015, 2036)
"""Years in which a text that tells an age may be written."""
_FEAST_AT = 6
"""Letters before «sinh» in which the other half of a feast's name stands."""
_NEAR = 40
"""Letters before «chào đời» in which it is said who was born; magazines and programs come into the world as well."""


def _is_name(text: str, at: int) -> bool:
    """«chị An sinh năm …»: a word that could end in «sinh» is a name behind a title or another name."""
    before = re.search(r"(\w+) $", text[:at])
    return text[at].isupper() and before is not None and (before[1][0].isupper() or before[1].lower() in _TITLES)


def _ends_as_a_name(words: str) -> bool:
    """Whether the words before a date end in a name: «Ông Lê Tám mất năm 1999» tells of something else."""
    return names_somebody(words) and _is_capital_last(words)


def _is_capital_last(words: str) -> bool:
    return words.rstrip(" ,(").rsplit(maxsplit=1)[-1][0].isupper()


def _somebody_is_born(match: re.Match[str], plain: str, written: str) -> bool:
    """False for words that end in «sinh», for animals, and for all who were born in a year."""
    before = plain[: match.start()]
    word = _NOT_BORN.search(before) if match[0].startswith("sinh") else None
    if word and not _is_name(written, word.start()):
        return False
    if before.endswith("khai ") and (_FILED.search(before) or _ISSUED.match(plain, match.end())):
        return False
    if match[0].startswith("chao doi") and not names_somebody(written[max(0, match.start() - _NEAR) : match.start()]):
        return False
    if match[0].startswith("de ") and not written.lower().startswith("đẻ", match.start()):
        return False
    told = match.start("it") if match[0].find(" doi ") > 0 else match.start()  # «con nghé chào đời»
    animal = (_ANIMAL if has_marks(written) else _ANIMAL_PLAIN).search(written[:told])
    if animal and not names_somebody(_OWNER.sub("", animal["between"] or "")):
        return False
    if _FEAST.search(written, max(0, match.start() - _FEAST_AT), match.start("it") + 1):
        return False
    if match[0].startswith("ns") and (_BUDGET.match(plain, match.end()) or before.endswith("ngan sach (")):
        return False
    if _GROUP.search(plain[max(0, match.start() - 30) : match.start("it") + 4]):
        return False
    many = _MANY.search(before) if re.fullmatch(rf"(?:nam )?{_YEAR}", match["it"]) else None
    children = _CHILDREN.search(before) and _LISTED_ON.match(plain, match.end("it"))
    return not many or bool(children or _KIN.search(before)) or names_somebody(written[many.start() : many.end()])


_TITLES = {"ông", "bà", "anh", "chị", "cô", "chú", "bác", "cụ", "em", "cháu", "bé", "thầy", "dì", "cậu", "con"}


def _listed_on(plain: str, match: re.Match[str]) -> Iterator[re.Match[str]]:
    """Further dates in a row behind the first, where several people were spoken of."""
    at = match.end() if _SEVERAL.search(plain, max(0, match.start() - _NEAR), match.start("it")) else len(plain)
    while more := _LISTED_ON.match(plain, at):
        yield more
        at = more.end()


def births(plain: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the dates stand in ``plain``, the folded ``text``."""
    written = text if len(text) == len(plain) else plain  # «bê» is no «bé»
    at = 0
    while match := _BORN.search(plain, at):
        if not _somebody_is_born(match, plain, written):
            at = match.start() + 1  # «hy sinh …, sinh năm 1951»
            continue
        yield match.span("it")
        at = match.end()
        for one in _listed_on(plain, match):
            yield one.span("it")
            at = one.end()
        while more := _MORE.match(plain, at):
            if more.lastgroup != "changed" or not _WRONGLY.search(plain, max(0, match.start() - 12), match.start("it")):
                yield more.span(more.lastgroup or "it")
            at = more.end()
    yield from (match.span("it") for match in _SAID_AFTER.finditer(plain))
    for pattern in (_AGE, _FORGOTTEN, _ASKED, _MENDED, _IN_WORDS, _BESIDE_NUMBER, _NEWBORN, _BORE):
        yield from (match.span(match.lastgroup or 0) for match in pattern.finditer(plain))
    yield from (match.span(match.lastgroup or 0) for match in _SELF_YEAR.finditer(plain))
    titled = (*_TITLED_YEAR.finditer(text), *_TITLED_DATE.finditer(text))
    yield from (one.span("it") for one in titled if _is_capital_last(text[one.start() : one.start("it")]))
    yield from (match.span(match.lastgroup or 0) for match in _TOLD_YEAR.finditer(plain))
    for match in (*_NAMED_DATE.finditer(text), *_SAID_DATE.finditer(text), *_NAME_AND_YEAR.finditer(text)):
        it = match.lastgroup or "it"
        if _ends_as_a_name(match["name"]) or _GENDER.search(text[match.end("name") : match.start(it)]):
            yield match.span(it)
    for match in _NAMED_YEAR.finditer(text):
        if (
            not match["name"] or _ends_as_a_name(match["name"]) or _OF_GENDER.search(match["name"])
        ) and not _CITED.search(text[: match.start()]):
            yield match.span("it")
    yield from (match.span(match.lastgroup or 0) for match in (*_KIN_YEAR.finditer(text), *_CHILD_MONTH.finditer(text)))
    yield from (match.span("it") for match in _AGED.finditer(plain) if int(match["age"]) + int(match["year"]) in _TODAY)
    yield from (match.span("it") for match in _BORE_YEAR.finditer(text))
    for match in _LISTED_YEARS.finditer(text):
        years = re.compile(r"\d{4}").finditer(text, *match.span(match.lastgroup or 0))
        yield from (year.span() for year in years)
    for pattern in (_TWO_VERSIONS, _CHANGED):
        yield from (match.span(which) for match in pattern.finditer(plain) for which in ("it", "other"))
    yield from (match.span(match.lastgroup or 0) for match in _BY_SIGN.finditer(plain))
    yield from (match.span(match.lastgroup or 0) for match in _RIGHTLY.finditer(plain))
    yield from (match.span("it") for match in (*_SHORT_YEAR.finditer(plain), *_BORN_AT.finditer(plain)))
    yield from (match.span(match.lastgroup or 0) for match in _KIN_DATE.finditer(text))
    for head in _HEADED.finditer(plain):
        yield from (line.span("it") for line in _HEADED_LINE.finditer(plain, *head.span("lines")))
