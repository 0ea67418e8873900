"""Fidelity of names: people, bodies, places, codes and quoted phrases of an answer are traced to the sources.

A name is a run of capitalised syllables as Vietnamese writes them. It is borne out when the same syllables stand in a
row in a source or the prompt, in any case, with any tone placement, spelled out or abbreviated ("UBND" = "Ủy ban nhân
dân", "PCCC" by its initials). A name that differs in one syllable is flagged, never passed as near enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache

from service.checks.measures import UNITS
from service.index.terms import ABBREVIATIONS
from service.records import Assertion, Case, CheckResult, Finding, Level, Passage, SourceText, Span
from service.text import SURNAMES, comparable, fold, line_number, sentences

SHORT_FORMS = ABBREVIATIONS | {
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    "p": "phường",
    "q": "quận",
    "ql": "quốc lộ",
    "tl": "tỉnh lộ",
    "kp": "khu phố",
    "tdp": "tổ dân phố",
    "đt": "đường tỉnh",
    "th": "tiểu học",
    "mn": "mầm non",
    "cty": "công ty",
    "tnhh": "trách nhiệm hữu hạn",
    "cp": "cổ phần",
    "ks": "kỹ sư",
    "bs": "bác sĩ",
    "gv": "giáo viên",
    "đ/c": "đồng chí",
    "vat": "giá trị gia tăng",
    "gtgt": "giá trị gia tăng",
}
"""Abbreviations that offices use, and what they stand for."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HEADS = _listed(
    "sở bộ phòng ban cục chi đội tổ hội đồn trạm trường công hợp ủy văn liên quỹ kho tòa viện bệnh trung đài nhà hạt "
    "tổng khoa đoàn câu xí xưởng cửa siêu khách ngân bưu chợ cầu đường phố thôn xóm bản làng ấp buôn khu xã phường "
    "tỉnh huyện quận thị thành đảo sông núi hồ đèo cảng bến quốc mặt khối tiểu lớp mẫu tết lễ giải "
)
_KNOWN = (
    {"ban chấp hành", "ban giám hiệu", "ban giám đốc", "ban thường vụ", "ban lãnh đạo"}
    | _listed("vp hđnd ubnd qđ cv nq kh bc tb ttr hd ct sl đvt stt tt sđt đt đ/c gc")
    | {"việt nam"}
)
"""What an office may name without a source: itself, kinds of document, the heads of columns."""

_BODIES = _listed("sở bộ phòng ban cục")
_OFFICES = _BODIES | {"khoa", "viện"}
"""What the next two syllables tell apart."""
_LETTERED = re.compile(r"\b(dãy|lô|tòa|nhà|khu|cổng|block|nhóm|hội trường|sân|quầy|ổ) ([A-ZĐ])\b(?!\.\w)")
"""What is told apart by a letter: «dãy C»."""
_PLAIN = _listed(
    "chủ phó bí giám trưởng thư kế chánh hiệu đại chuyên công cán hạt ủy hội văn thường tổng nhân nhà đảng việt "
    "quốc độc cộng điều khoản điểm chương mục phụ nghị luật quyết thông chỉ kính nơi đồng ông bà anh chị em cô chú "
    "bác cụ thầy quý tháng ngày năm tuần thứ lưu mẫu đơn phiếu biểu bảng tết internet zalo facebook email wifi ai "
    "covid tt stt vt kt tm tl tuq q word excel pdf usb qr cccd vnd vnđ ngtt "
)
"""Syllables that begin titles, offices and parts of a document: capitalised, they name nobody by themselves."""

_OPENERS = _listed(
    "theo tại trong từ đến khi nếu để về có các những mỗi một hai ba bốn năm sáu bảy tám chín mười do vì trước sau "
    "ngoài cả với của và được đã sẽ đề yêu giao mời bầu thu thực căn nhằm cùng riêng tổng hiện nay còn số qua nhờ "
    "mọi toàn việc người cho bên khoảng hơn gần lúc vào hồi sáng chiều tối đêm hôm "
)
"""Words that open a sentence and are no part of the name after them."""

_TITLES = _listed("ông bà anh chị em cô chú bác cụ thầy") | {"đồng chí", "đ/c"}
_DEGREES = _listed("gs pgs ts ths cn ks kts bs bscki bsckii cki ckii ds ls nsnd nsưt")
"""Degrees before a name, abbreviated; whether the source gives them too says nothing of who is meant."""
_RANKS = _listed("sĩ sỹ sư úy tá tướng")
"""What follows the capital of a rank or a degree: «Thạc sĩ», «Đại úy»."""
_CALENDAR = frozenset(
    [("thứ", day) for day in ["hai", "ba", "tư", "năm", "sáu", "bảy"]]
    + [("chủ", "nhật")]
    + [
        ("tháng", month)
        for month in ["giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "một", "chạp"]
    ]
)
"""Days and months in words: dates are traced as dates."""
_TWO_WORD_MONTHS = (["mười", "một"], ["mười", "hai"])
_TWO_WORD_BODIES = frozenset([("trung", "tâm"), ("liên", "đoàn"), ("chi", "cục"), ("hiệp", "hội"), ("tổng", "cục")])
"""What the next two syllables tell apart, too: «Liên đoàn Bóng đá»."""
_WAY = "(?:đông|tây|nam|bắc)"
_DIRECTION = re.compile(
    rf"\b(?:phía|(?<!xu )(?<!định )hướng|mạn|bờ|cánh|góc) ({_WAY}(?: {_WAY})?)\b"
    r"(?! (?:giới|nữ|sinh|dân|đúc|người|dần))",  # «phía nam giới», «xu hướng đông dân»
    re.IGNORECASE,
)

_TOKEN = re.compile(r"đ/c|[\w]+(?:['’][\w]+)*(?:-\d[\w-]*(?:\.\d\d\b)?)?", re.IGNORECASE)
_WEEKDAY = re.compile(r"T[2-7]|CN")
_CODE = re.compile(r"(?!T[2-7]$)(?=\w*[A-ZĐ])(?=[\w-]*\d)[\w.-]+")
_QUOTED = re.compile(r"[“\"«]([^”\"»\n]{6,200})[”\"»]")
_BREAK = re.compile(r"[.!?:;\n\t|()\[“\"«•☐✓▪◦]|(?:^|\s)[-–—+*]\s")


@dataclass(frozen=True)
class Name:
    """A name in a text and its words in small letters."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int
    first: bool

    @property
    def plain(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        if _WEEKDAY.fullmatch(self.text):
            return False
        return self.text[0].isupper() or bool(_CODE.fullmatch(self.text))


def _tokens(text: str) -> list[_Token]:
    plain, found, at = comparable(text), [], 0
    for match in _TOKEN.finditer(plain):
        gap = plain[at : match.start()]
        found.append(_Token(match[0], match.start(), match.end(), at == 0 or bool(_BREAK.search(gap))))
        at = match.end()
    return found


def _spelled(words: Iterable[str]) -> list[str]:
    """Lower case, abbreviations written out, "QL15" parted into its letters and digits."""
    found: list[str] = []
    for word in words:
        parted = re.fullmatch(r"(ql|tl|đt|p|q)\.?(\d+\w?)", word)
        for piece in parted.groups() if parted else (word,):
            found += SHORT_FORMS.get(piece, piece).split()
    return found


@lru_cache(maxsize=256)
def _words_of(text: str) -> tuple[str, ...]:
    """A source's words, spelled out; a class works on the same sources."""
    return tuple(_spelled(token.plain for token in _tokens(text)))


@lru_cache(maxsize=256)
def _shortened(text: str) -> frozenset[str]:
    """The abbreviations of a source that nobody explains: «LHPN», «BĐBP»; not those of document numbers."""
    return frozenset(token.plain for token in _tokens(_SIGN.sub(" ", text)) if _is_short(token.text))


@lru_cache(maxsize=256)
def _small(text: str) -> frozenset[str]:
    """The words that a source has in small letters."""
    return frozenset(token.text for token in _tokens(text) if token.text.islower())


def _is_short(word: str) -> bool:
    """Two to eight capitals without a tone: «BQL», «ĐKKV»; «HÒA» is a word in capitals."""
    return (
        2 <= len(word) <= 8
        and word.isupper()
        and word.isalpha()
        and all(one in "ĐƯƠĂÂÊÔ" or one.isascii() for one in word)
    )


_SIGN = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ][\w&-]*")
_JOINED = re.compile(r"\w+(?:[-./+]\w+)+")


@lru_cache(maxsize=256)
def _codes_of(text: str) -> frozenset[str]:
    """Numbers of things without their dots and dashes: «73A-001.26» → 73a00126."""
    joined = {match[0].lower() for match in _JOINED.finditer(comparable(text))}
    found = {re.sub(r"\W", "", code) for code in {*joined, *_words_of(text)} if any(map(str.isdigit, code))}
    return frozenset(found)


class _Said:
    """What the sources say, ready to be asked whether some words stand there in a row."""

    def __init__(self, texts: Iterable[str]) -> None:
        texts = list(texts)
        lines = [_words_of(text) for text in texts]
        self.text = " " + " \n ".join(" ".join(line) for line in lines) + " "
        self.words = frozenset(word for line in lines for word in line)
        self.codes = frozenset[str]().union(*map(_codes_of, texts))
        self.small = frozenset[str]().union(*map(_small, texts))
        self._short = frozenset[str]().union(*map(_shortened, texts))
        rows = (line.split("|") for text in texts for line in text.split("\n") if line.count("|") > 1)
        self.cells = frozenset(comparable(cell).strip().lower() for row in rows for cell in row)

    @cached_property
    def _row(self) -> list[str]:
        return _bare(self.text)

    @cached_property
    def _at(self) -> dict[str, list[int]]:
        """Where words with each initial stand in the row."""
        found: dict[str, list[int]] = {}
        for n, word in enumerate(self._row):
            found.setdefault(_initial(word), []).append(n)
        return found

    def before(self, words: Sequence[str]) -> frozenset[str]:
        """What stands before the words wherever they stand in a row."""
        asked = " ".join(_spelled(words))
        return frozenset(re.findall(rf"(\S+) {re.escape(asked)}(?= )", self.text))

    def written_out(self, answer: str) -> frozenset[int]:
        """Where the words of an answer begin that write out an abbreviation of the sources: «Giáo dục và Đào tạo».

        Two letters need a second word in small ones, and no name of a person writes out anything: «TT» is not «Tô Thị».
        """
        words = [token for token in _tokens(answer) if token.plain != "và"]
        row = "".join(_initial(token.plain) for token in words)
        found = set[int]()
        for short in self._short:
            letters = "".join(map(_initial, short))
            at = row.find(letters)
            while at >= 0:
                run = words[at : at + len(short)]
                person = run[0].plain in SURNAMES and all(token.capital for token in run)
                if run[0].capital and not person and not (len(short) == 2 and run[1].capital):
                    found |= {token.start for token in run}
                at = row.find(letters, at + 1)
        return frozenset(found)

    def holds(self, words: Sequence[str]) -> bool:
        return f" {' '.join(_spelled(words))} " in self.text

    def holds_shortened(self, words: Sequence[str], short: frozenset[str]) -> bool:
        """Whether the words stand in a row when an abbreviation, on either side, is read as the words it begins.

        ``short`` are those of the words that are abbreviations; «và» is not counted: «TK&VV» is «tiết kiệm và vay vốn».
        """
        return any(
            bool(asked) and any(self._goes_on(asked, 0, n, short) for n in self._at.get(_initial(asked[0]), ()))
            for asked in (_bare(f" {' '.join(_spelled(words))} "), _bare(f" {' '.join(words)} "))  # «QL»: quản lý
        )

    def _goes_on(self, asked: Sequence[str], at: int, place: int, short: frozenset[str]) -> bool:
        if at == len(asked):
            return True
        if place == len(self._row):
            return False
        mine, there = asked[at], self._row[place]
        if mine == there:
            return self._goes_on(asked, at + 1, place + 1, short)
        if mine in short and _begins(mine, self._row[place : place + len(mine)]):
            return self._goes_on(asked, at + 1, place + len(mine), short)
        if there in self._short and _begins(there, asked[at : at + len(there)]):
            return self._goes_on(asked, at + len(there), place + 1, short)
        return False

    def numbers(self, code: str) -> bool:
        """Whether «KP5» is one of «khu phố 2, 5, 7»."""
        parts = re.fullmatch(r"(\D+)(\d{1,3})", code)
        if parts is None or parts[1] not in SHORT_FORMS:
            return False
        return bool(re.search(rf" {SHORT_FORMS[parts[1]]} (?:[^\n]{{0,30}} )?0?{parts[2]} ", self.text))

    def near(self, words: Sequence[str]) -> str:
        """The likeliest thing meant: as many words of the sources, most alike."""
        size, all_words, meant = len(words), self.text.split(" "), set(words)
        starts = (n - at for n, word in enumerate(all_words) if word in meant for at in range(size) if n >= at)
        there = {" ".join(all_words[n : n + size]) for n in starts}
        return next(iter(get_close_matches(" ".join(words), sorted(there), n=1, cutoff=0.75)), "")


_FORMS = re.compile(r" (?:và|cổ phần|một thành viên|mtv|trách nhiệm hữu hạn)(?= )")


def _bare(text: str) -> list[str]:
    """The words of a text without «và» and without the legal form of a company."""
    return [word for word in _FORMS.sub("", text).split(" ") if word]


def _begins(short: str, words: Sequence[str]) -> bool:
    return len(words) == len(short) and all(map(str.__eq__, map(_initial, short), map(_initial, words)))


@lru_cache(maxsize=20_000)
def _initial(word: str) -> str:
    """The first letter without its marks; đ is a letter of its own."""
    return "đ" if word.startswith("đ") else fold(word[0])


def names(text: str) -> tuple[Name, ...]:
    """The runs of capitalised syllables of a text that may name somebody or something, codes among them."""
    found: list[Name] = []
    for start, end in ((a, b) for a, b in sentences(text) if not _shouted(text[a:b])):
        run: list[_Token] = []
        tokens = _tokens(text[start:end])
        for n, token in enumerate(tokens):
            glued = n > 0 and text[start + tokens[n - 1].end : start + token.start] == " "
            if token.capital and not (run and not glued):
                run.append(token)
                continue
            found += _named(run, tokens, start)
            run = [token] if token.capital else []
        found += _named(run, tokens, start)
    found += (Name(*one.span(), (*one[1].split(), one[2].lower())) for one in _LETTERED.finditer(comparable(text)))
    return tuple(found)


def _shouted(line: str) -> bool:
    letters = [letter for letter in re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", line) if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) >= 0.8 * len(letters) and len(letters) > 4


def _named(run: list[_Token], tokens: list[_Token], offset: int) -> Iterator[Name]:
    """The name that a run is: a title or the first word of a sentence is no part of it."""
    if not run:
        return
    code = next((n for n, token in enumerate(run) if "-" in token.text and _is_code(token)), None)
    if code is not None and len(run) > 1:  # «Tàu QB-98217-TS»: what a thing is numbered is a name by itself
        for piece in (run[:code], run[code : code + 1], run[code + 1 :]):
            yield from _named(piece, tokens, offset)
        return
    first = tokens.index(run[0])
    if first and tokens[first - 1].plain in ("mùng", "mồng"):
        run = run[1:]  # «mùng Hai Tết»
    if first and tokens[first - 1].plain == "tháng" and [token.plain for token in run[:2]] in _TWO_WORD_MONTHS:
        run = run[2:]
    while run and not _is_code(run[0]) and _is_no_part(run):
        run = run[1:]
    if not run:
        return
    start, end, words = _with_head(run, tokens)
    if words:
        yield Name(offset + start, offset + end, tuple(words))


def _with_head(run: Sequence[_Token], tokens: Sequence[_Token]) -> tuple[int, int, list[str]]:
    """Where a name begins and ends and its words, with the small ones that belong to it; no words for no name."""
    words = [token.plain for token in run]
    start, end = run[0].start, run[-1].end
    at = tokens.index(run[0])
    before = tokens[at - 1] if at else None
    after = tokens[at + len(run)] if at + len(run) < len(tokens) else None
    goes_on = after is not None and not after.capital and after.text.isalpha() and after.start == end + 1
    if len(run) == 2 and words[0] in _OFFICES and goes_on and after and not run[1].text.isupper():
        return start, after.end, [*words, after.plain]  # «Khoa Cơ khí» is not «Khoa Cơ điện»
    if len(run) > 1 or _is_code(run[0]) or run[0].text.isupper():
        return start, end, words
    # One capital in a row of small letters is the middle of a name: "Phòng Kinh tế", "Bộ Y tế".
    if before and (before.plain, words[0]) in _CALENDAR | {("la", "mỹ")} or (after and after.plain in _RANKS):
        return start, end, []
    if before is None or before.plain in _TITLES:
        return start, end, words
    if before.plain in _BODIES and goes_on and after:  # "phòng Kinh tế" is not "phòng Nội vụ"
        return before.start, after.end, [before.plain, *words, after.plain]
    if at > 1 and (tokens[at - 2].plain, before.plain) in _TWO_WORD_BODIES and goes_on and after:
        return tokens[at - 2].start, after.end, [tokens[at - 2].plain, before.plain, *words, after.plain]
    if before.plain in _HEADS:
        return before.start, end, [before.plain, *words]
    if goes_on and after and before.capital and not before.text.isupper():
        return start, after.end, [*words, after.plain]
    return start, end, words


def _is_no_part(run: Sequence[_Token]) -> bool:
    """Whether the first word of a run only opens it: a title, or what a sentence happens to begin with."""
    word = run[0].plain
    if word in _DEGREES and run[0].text.isupper() or run[0].text == "ThS":
        return True
    if len(run) == 1:  # "Phòng thủ dân sự": a lone head names nobody; single letters and Roman numbers count parts
        return run[0].first or word in _PLAIN or word in _HEADS or bool(re.fullmatch(r"[ivxl]+|\w", word))
    return word in _TITLES or (run[0].first and (word in _PLAIN | _OPENERS or word in _HEADS))


def _is_code(token: _Token) -> bool:
    return bool(_CODE.fullmatch(token.text))


def unfounded(
    answer: str, sources: Sequence[SourceText], passages: Sequence[Passage], prompt: str, allow: Iterable[str] = ()
) -> Iterator[tuple[Name, str]]:
    """The names of an answer that no source and not the prompt holds, each with the nearest that they do hold."""
    texts = [*(source.text for source in sources), *(f"{one.heading}\n{one.text}" for one in passages), prompt, *allow]
    said = _Said(texts)
    written_out = said.written_out(answer)
    for name in names(answer):
        own = _without(name, written_out, answer)
        lost = _lost(own, said, answer) if own else None
        if lost:
            yield lost, said.near(lost.words)
    yield from _turned(answer, texts)


def _turned(answer: str, texts: Iterable[str]) -> Iterator[tuple[Name, str]]:
    """Directions of an answer where the sources name others only: «phía đông» for «phía tây»."""
    there = {way[1].lower(): way[0].lower() for text in texts for way in _DIRECTION.finditer(comparable(text))}
    for way in _DIRECTION.finditer(comparable(answer)):
        if there and not any(way[1].lower() in known for known in there):  # «phía bắc» is part of «hướng tây bắc»
            yield Name(*way.span(), tuple(way[0].lower().split())), min(there.values())


def _without(name: Name, written_out: frozenset[int], answer: str) -> Name | None:
    """The name without what writes an abbreviation of the sources out; None when no name is left."""
    if not any(name.start <= place < name.end for place in written_out):
        return name
    left = [
        (a + name.start, b + name.start)
        for a, b in (m.span() for m in re.finditer(r"\w+", answer[name.start : name.end]))
    ]
    left = [(a, b) for a, b in left if a not in written_out]
    words = tuple(comparable(answer[a:b]).lower() for a, b in left)
    if not words or all(word in _HEADS | _PLAIN for word in words):
        return None
    return Name(left[0][0], left[-1][1], words)


def _lost(name: Name, said: _Said, answer: str) -> Name | None:
    """The part of a name that is not borne out; None when all of it is."""
    words = list(name.words)
    if said.holds(words) or " ".join(words) in _KNOWN:
        return _of_another_kind(name, said, answer)
    if words[0] == "giải" and _PRIZES.fullmatch(" ".join(words[1:])) and set(words[1:]) <= said.words:
        return None
    if words[0] in _BODIES and words[0] in said.words and " ".join(words[1:]) in said.cells:
        return None  # «phòng Kỹ thuật»: a row of the table of «Phòng»
    if words[0] in _HEADS and words[0] not in _BODIES and words[0] in said.words and said.holds(words[1:]):
        return None  # "Trường Lê Lợi" for "Trường THPT Lê Lợi"
    spelled = _spelled(words)
    written = answer[name.start : name.end]
    short = frozenset(word.lower() for word in re.findall(r"\w+", written) if _is_short(word))
    if "".join(words) in said.words:
        return None  # «Ê Đê» for «Êđê»
    if said.holds_shortened(words, short):
        return None  # «CCN Tam Quan» for «Cụm công nghiệp Tam Quan», «Hội Liên hiệp Phụ nữ» for «Hội LHPN»
    if len(words) == 1:
        word = words[0]
        if any(letter.isdigit() for letter in word):
            code = next(
                (match[0] for match in _JOINED.finditer(answer) if match.start() <= name.start < match.end()), word
            )
            known = {re.sub(r"\W", "", one.lower()) for one in (word, code)} & said.codes
            if said.numbers(word) or word in UNITS:
                return None
            plain = not any(letter.isalpha() for letter in word) or said.holds(re.findall(r"\d+|\D+", word))  # «250kVA»
            return None if known or plain or re.fullmatch(r"m[23]|km[23]?", word) else name
        if written.isupper() and 2 <= len(written) <= 8:  # an abbreviation of its own, or «2,34 MW»
            return None if spelled != words or word in UNITS else name
        return None if word in said.words else name
    opens = not answer[: name.start].rstrip(" *_#") or answer[: name.start].rstrip().endswith((".", ":", ";", "!", "?"))
    told = len(words) > 2 or words[0] in said.small or written.split()[-1].isupper()  # «Ngưỡng Breteau», «Giấy ISO»
    if opens and told and words[0] not in SURNAMES | _HEADS and said.holds(words[1:]):
        return None  # «Riêng Chi cục Thuế», «Đón Nguyễn Văn …»: a sentence may begin with any word
    # A run may be several names in a row: «Chủ tịch UBND xã Gio Hải».
    if words[0] not in SURNAMES and _in_pieces(words, short, said):
        return None  # «Trịnh Thị Hội» is not «Trịnh Thị Hợi», though «Hội» begins many a body
    if all(word in _PLAIN for word in spelled):
        return None
    return name


_PRIZES = re.compile(r"nhất|nhì|ba|tư|khuyến khích|phong trào")
_UNITS = _listed("xã phường trấn thôn bản ấp xóm buôn huyện quận tỉnh phố")
"""Kinds of administrative unit; of «thị trấn», «thành phố» the last syllable."""


def _of_another_kind(name: Name, said: _Said, answer: str) -> Name | None:
    """«xã Cầu Kè» where the sources only know «phường Cầu Kè»: the name with its kind; None when nothing is wrong."""
    kind = re.search(r"(\w+) $", answer[: name.start])
    if kind is None or kind[1] not in _UNITS or len(name.words) < 2:
        return None
    there = said.before(name.words)
    wrong = there and there <= _UNITS and kind[1] not in there
    return Name(kind.start(), name.end, (kind[1], *name.words)) if wrong else None


def _in_pieces(words: Sequence[str], short: frozenset[str], said: _Said) -> bool:
    """Whether a run falls into pieces that each stand in the sources, none a single word but an abbreviation."""

    def stands(piece: Sequence[str]) -> bool:
        return (len(piece) > 1 or piece[0] in short) and said.holds_shortened(piece, short)

    for cut in range(len(words) - 1, 0, -1):
        rest = words[cut:]
        if stands(words[:cut]) and (
            all(word in _PLAIN for word in rest) or stands(rest) or _in_pieces(rest, short, said)
        ):
            return True
    return False


# ── the check ───────────────────────────────────────────────────────────────────────────────────


def grounded_names(case: Case, assertion: Assertion) -> CheckResult:
    """Every name and quoted phrase of the answer stands in the sources or the prompt; ``options: {allow: [..]}``."""
    answer = case.answer or ""
    allow = [str(item) for item in assertion.options.get("allow", ())]
    found = names(answer)
    lost = list(unfounded(answer, case.sources, case.passages, case.prompt, allow))
    texts = [*(one.text for one in case.sources), *(one.text for one in case.passages), case.prompt]
    quotes = list(_misquoted(answer, texts))
    if not found and not lost and not quotes:
        return CheckResult("grounded-names", None, 0.0, "Kết quả không nêu tên riêng nào nên không có gì để đối chiếu.")
    findings = [_finding(answer, name, near) for name, near in lost] + quotes
    if not findings:
        good = Finding("grounded-names", Level.CELEBRATORY, "Mọi tên riêng đều có trong nguồn")
        return CheckResult("grounded-names", True, 1.0, good.title + ".", (good,))
    total = max(len(found), len(findings))
    reason = f"{total - len(findings)}/{total} tên riêng, lời trích có trong nguồn."
    return CheckResult("grounded-names", False, 1 - len(findings) / total, reason, tuple(findings))


def _finding(answer: str, name: Name, near: str) -> Finding:
    seen = answer[name.start : name.end]
    return Finding(
        check="grounded-names",
        level=Level.ESSENTIAL,
        title=f"Tên «{seen}» " + ("không khớp nguồn" if near else "không có trong nguồn"),
        where=f"Dòng {line_number(answer, name.start)}.",
        why=f"Nguồn ghi «{near}» (không kể chữ hoa)." if near else "Tài liệu và câu lệnh đều không nêu tên này.",
        try_next="Đối chiếu với nguồn rồi sửa, hoặc thêm vào câu lệnh: «Chép nguyên tên người, cơ quan, địa danh.»",
        seen=seen,
        spans=(Span(name.start, name.end, "name"),),
        insert="Chép nguyên tên người, cơ quan, địa danh từ tài liệu kèm theo.",
    )


def _misquoted(answer: str, texts: Iterable[str]) -> Iterator[Finding]:
    """Phrases in quotation marks of which a third or more of the words in a row stand nowhere."""
    said = _Said(texts)
    for match in _QUOTED.finditer(answer):
        words = [token.plain for token in _tokens(match[1])]
        if len(words) < 3 or said.holds(words):
            continue
        known = sum(said.holds(words[n : n + 3]) for n in range(len(words) - 2))
        if known >= 0.7 * (len(words) - 2) or fold(match[1]) in fold(said.text):
            continue
        yield Finding(
            check="grounded-names",
            level=Level.ACTIONABLE,
            title="Lời trong ngoặc kép không có trong nguồn",
            where=f"Dòng {line_number(answer, match.start())}.",
            why="Đặt trong ngoặc kép là trích nguyên văn; nguồn không có câu này.",
            try_next="Chép lại đúng lời của nguồn, hoặc bỏ dấu ngoặc kép.",
            seen=match[1],
            spans=(Span(match.start(1), match.end(1), "quote"),),
        )
