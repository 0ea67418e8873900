"""How the date of a birth is written: figures or words, a day, a month or a year, of the sun or of the moon.

The year may be one of the sixty of the calendar («Kỷ Sửu 1949»). In the folded text; parts of rules, not rules.
"""

from __future__ import annotations

MONTH = r"(?:\d{1,2}|gieng|mot(?! chin)|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi mot|muoi hai|muoi|chap)"
_MONTH_ABROAD = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
YEAR = r"(?:19|20)\d{2}"
_YEAR_SAID = (
    r"(?:mot (?:nghin|ngan) chin tram(?: \w+){1,4}|hai (?:nghin|ngan)(?: khong tram)?(?: \w+){1,3}"
    r"|mot chin \w+ \w+|hai khong \w+ \w+|(?:bon|nam|sau|bay|tam|chin)"
    r" (?:muoi(?: (?:mot|hai|ba|tu|lam|sau|bay|tam|chin))?"
    r"|mot|hai|ba|tu|bon|lam|nam|sau|bay|tam|chin|khong))"
)
_DIGIT = "(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)"
CYCLE = r"(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy) (?:ty|suu|dan|mao|meo|thin|ti|ngo|mui|than|dau|tuat|hoi)"
SIGN = r"(?:ty|suu|dan|mao|meo|thin|ngo|mui|than|dau|tuat|hoi)"
DATE = (
    rf"(?:(?:mung |mong )*\d{{1,2}} ?[/.–-] ?(?:\d{{1,2}}|[ivx]{{1,4}}) ?[/.–-] ?(?:{YEAR}|\d{{2}}(?!\d))"
    rf"|{YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|{YEAR}[01]\d[0-3]\d(?!\d)"
    rf"|\d{{1,2}}[ -]?{_MONTH_ABROAD}[ ,-]*{YEAR}|{_MONTH_ABROAD} \d{{1,2}}, ?{YEAR}"
    r"|\d ?\d ?[/.-] ?\d ?\d ?[/.-] ?[12] ?[09] ?\d ?\d(?! ?\d)|[0-3]\d[01]\d(?:19|20)\d\d(?!\d)"  # in boxes
    rf"|(?:(?:ngay |mung |mong |ram )*(?:\d{{1,2}} )?(?:thang |t))?{MONTH}(?: ?[/.-] ?| nam ){YEAR}"
    rf"|(?:(?:ngay |mung |mong )*(?:\d{{1,2}}|\b\w{{1,9}}(?: \w{{1,9}}){{0,2}})|ram),? thang {MONTH}"
    rf"(?:(?:,? nam|[/,])? ?(?:{YEAR}|{_YEAR_SAID}|{CYCLE}))?"
    rf"|thang {MONTH},? (?:nam )?(?:{YEAR}|{_YEAR_SAID}|{CYCLE})|thang {MONTH} nam (?:ngoai|nay|kia)\b"
    rf"|\d{{1,2}} tet(?:,? nam)? (?:{YEAR}|{CYCLE})|(?:19|20) \d\d(?! ?\d)"
    rf"|(?:\d ){{7}}\d(?! ?\d)|(?:1 9|2 0) \d \d(?! ?\d)"
    rf"|(?:(?:{CYCLE}|(?<=nam ){SIGN}) ?[(,]? ?)?{YEAR}|{_YEAR_SAID}|(?:(?:doi|lut|loan|bao|mat mua) )?{CYCLE}"
    rf"|{_DIGIT}(?:[ ,/.-]{{1,2}}{_DIGIT}){{3,9}}"
    rf"|(?:mong|mung|nam|dem|mua|hom|buoi|sang|chieu|toi|ram|tet|giao thua|ngay|vao|dau|cuoi|giua)"
    rf"(?: (?:[^\W\d]+|\d{{1,2}}(?= tet))){{0,5}}"
    rf"(?: \d{{1,2}}[/-]\d{{1,2}})?,? (?:nam )?(?:{YEAR}|{CYCLE})"
    rf"|\d{{1,2}}[/-]\d{{1,2}}(?:,? nam {YEAR})?)"
)
FIGURES = (
    rf"(?:(?:\d{{1,2}}[/.-]){{0,2}}{YEAR}|thang \d{{1,2}}(?:[/.-]| nam ){YEAR}|(?:{CYCLE} ?[(,]? ?)?{YEAR}|{CYCLE})"
    r"(?![\d/-]?\d)"
)
"""A date without a year in words, which may be how old somebody is: «tuổi thật là tám mươi hai»."""
