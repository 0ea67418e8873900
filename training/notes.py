"""How people write down facts: lists, prose, messages, tables, telegram style, hurried and unaccented text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from training import wording
from training.slots import Fact
from training.words import Chance, capital, small

OPENINGS = (
    "Ghi chép:|Nội dung cần soạn:|Sếp dặn:|Em ghi lại thế này:|Anh Trưởng phòng nhắn:|Thông tin có đến giờ:|Ghi nhanh khi họp:|"
    "Tóm lại là:|Chị ơi, thông tin đây ạ:|Kính gửi bộ phận soạn thảo,|Ý chính:|Dữ liệu:|Chốt lại:|Như đã trao đổi qua điện "
    "thoại:|Lãnh đạo chỉ đạo:|THÔNG TIN|Phiếu giao việc|Sổ tay ngày làm việc|Trích tin nhắn nhóm:|Nhờ em lo việc này:|Gạch "
    "đầu dòng cho dễ nhớ:|Các ý sau:|Mấy việc cần ghi:|Bản nháp viết tay:|Gửi em:"
).split("|")
CLOSINGS = (
    "Nhờ soạn giúp.|Làm sớm nhé.|Chiều trình ký.|Có gì thiếu thì để trống.|Cảm ơn em.|Hết.|Soạn xong gửi lại xem.|Gấp, cần trong "
    "hôm nay.|Mọi thứ khác như lần trước.|Kiểm tra kỹ số liệu.|Anh em lưu ý.|Trân trọng."
).split("|")
ASIDES = (
    "Thời tiết mấy hôm nay mưa nhiều.|Phòng họp đã có máy chiếu.|Hôm trước trao đổi rồi.|Việc này lãnh đạo quan tâm.|Lần trước "
    "làm hơi chậm.|Máy in đang hỏng.|Nhớ ghi cho đúng tên.|Cái này không cần dài.|Bên kia đã đồng ý miệng.|Mọi người đều biết rồi."
).split("|")


def bare(text: str) -> str:
    """The text without tone and letter marks, as people type in a hurry («hop luc 8 gio»)."""
    stripped = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return stripped.replace("đ", "d").replace("Đ", "D")


def _label(chance: Chance, fact: Fact) -> str:
    return chance.of(wording.labels(fact.slot))


_TWICE = re.compile(
    r"\b(khu vực|nguồn|địa bàn|phạm vi|ngày|từ|số|đơn|việc|về|tại|đồng chí|ông|bà|cử|mua)( \1\b)+", re.IGNORECASE
)


def once(text: str) -> str:
    """The text without a word that a pattern and its value both brought («khu vực khu vực Minh Lương»)."""
    return _TWICE.sub(r"\1", text)


def _said(chance: Chance, fact: Fact) -> str:
    return once(chance.of(wording.says(fact.slot)).format(v=fact.noted))


def _list(mark: str, colon: str, end: str = "", *, large: bool = True) -> Callable[[Chance, Sequence[Fact]], str]:
    def write(chance: Chance, facts: Sequence[Fact]) -> str:
        shape = capital if large else str
        return "\n".join(f"{mark}{shape(_label(chance, fact))}{colon}{fact.noted}{end}" for fact in facts)

    return write


def _numbers(chance: Chance, facts: Sequence[Fact]) -> str:
    mark = chance.one(".", ")", "/")
    return "\n".join(f"{n}{mark} {capital(_label(chance, fact))}: {fact.noted}" for n, fact in enumerate(facts, 1))


def _prose(chance: Chance, facts: Sequence[Fact]) -> str:
    return ". ".join(capital(_said(chance, fact)) for fact in facts) + "."


_TOGETHER = tuple(
    (tuple(line.split(":", 1)[0].split()), line.split(":", 1)[1].strip())
    for line in """
    agency topic when where: {agency} tổ chức {topic} lúc {when}, tại {where}
    agency topic when: {agency} mở {topic}, {when}
    agency topic where: tại {where}, {agency} làm việc về {topic}
    agency topic period: {agency} sẽ {topic} {period}
    agency topic period: {period}, {agency} triển khai {topic}
    agency topic period area: {agency} {topic} {period}, ở {area}
    agency topic target: {agency} báo cho {target} về việc {topic}
    agency to topic: {agency} gửi {to} về việc {topic}
    agency to topic: {agency} có văn bản cho {to}, nội dung {topic}
    agency incoming topic: {agency} nhận {incoming}, cần trả lời việc {topic}
    agency basis topic: theo {basis}, {agency} làm {topic}
    when where: {when} ở {where}
    when where: đúng {when} có mặt tại {where}
    when where: mọi người đến {where} lúc {when}
    when where chair: {when}, tại {where}, {chair} chủ trì
    chair guests: {chair} chủ trì, mời {guests}
    chair secretary: {chair} điều hành, {secretary} ghi chép
    chair guests when: {when} {chair} họp với {guests}
    papers contact: nhớ mang {papers}, vướng mắc gọi {contact}
    target papers: {target} đến nộp thì mang {papers}
    target where when: {target} đến {where} vào {when}
    money fund: hết {money}, lấy từ {fund}
    money fund: dự kiến {money} do {fund} chi
    money fund period: {money} từ {fund}, thực hiện {period}
    goods count money: mua {count} {goods}, tổng {money}
    goods count reason: vì {reason} nên cần {count} {goods}
    second goods deadline: {second} giao {goods} trước {deadline}
    second goods money: {second} bán {goods} giá {money}
    person post: {person} đang là {post}
    person post: {post} {person}
    person to: cử {person} đến {to}
    person post to: {person}, {post}, sang {to} công tác
    person post period: {person} ({post}) nghỉ {period}
    person second: {person} giao quyền cho {second}
    person period reason: {person} xin nghỉ {period} vì {reason}
    lead deadline: {lead} làm, xong trước {deadline}
    lead tasks deadline: {lead} phải {tasks} trước {deadline}
    lead support: {lead} lo chính, {support} giúp
    lead effect: {lead} thi hành từ {effect}
    tasks deadline: {tasks}; hạn {deadline}
    tasks deadline: trước {deadline} phải {tasks}
    tasks goal: {tasks} để {goal}
    situation tasks: {situation} nên phải {tasks}
    situation deadline: hiện {situation}, yêu cầu báo cáo trước {deadline}
    results trouble: đạt {results}, nhưng {trouble}
    results trouble reason: {results}; còn {trouble} do {reason}
    trouble reason: vướng vì {trouble}, nguyên nhân {reason}
    trouble proposal: {trouble}, mong {proposal}
    reason area: {area} bị ảnh hưởng do {reason}
    reason period: do {reason}, thực hiện {period}
    petitioner topic: {petitioner} có đơn nói về {topic}
    petitioner topic to: đơn của {petitioner} ({topic}) chuyển {to} xử lý
    topic where when: {topic} diễn ra ở {where}, {when}
    topic chair: {chair} chủ trì {topic}
    topic goal: {topic} nhằm {goal}
    topic basis: {topic} theo {basis}
    topic deadline: việc {topic} hạn {deadline}
    """.strip().split("\n")
)
"""Sentences that hold several facts, as people write when they do not fill in a form."""


def _woven(chance: Chance, facts: Sequence[Fact]) -> str:
    """Free prose: facts joined in sentences of two to four where some sentence fits them."""
    left = {fact.key: fact.noted for fact in facts}
    by_key = {fact.key: fact for fact in facts}
    said = []
    patterns = [*_TOGETHER, *wording.woven()]
    chance.random.shuffle(patterns)
    for keys, pattern in patterns:
        if all(key in left for key in keys):
            said.append(once(pattern.format(**{key: left.pop(key) for key in keys})))
    said += [_said(chance, by_key[key]) for key in left]
    if chance.odds(0.3):
        chance.random.shuffle(said)
    return chance.one(". ", ". ", ".\n").join(map(capital, said)) + "."


def _formal(chance: Chance, facts: Sequence[Fact]) -> str:
    """A record in numbered sentences, as minutes or a conclusion put it."""
    head = chance.one(
        "BIÊN BẢN HỘI Ý", "TRÍCH BIÊN BẢN", "KẾT LUẬN", "PHIẾU CHUYỂN Ý KIẾN", "NỘI DUNG LÀM VIỆC", "GHI NHỚ"
    )
    return "\n".join([head, *(f"{n}. {capital(_said(chance, fact))}." for n, fact in enumerate(facts, 1))])


def _run(chance: Chance, facts: Sequence[Fact]) -> str:
    mark = chance.one(", ", "; ", " - ", ", ")
    return capital(mark.join(_said(chance, fact) for fact in facts)) + chance.one(".", "")


def _telegram(chance: Chance, facts: Sequence[Fact]) -> str:
    return chance.one("; ", " / ", " | ", "\n").join(f"{_label(chance, fact)} {fact.noted}" for fact in facts)


def _table(chance: Chance, facts: Sequence[Fact]) -> str:
    rows = "\n".join(f"| {capital(_label(chance, fact))} | {fact.noted} |" for fact in facts)
    return f"| Mục | Nội dung |\n|---|---|\n{rows}"


def _questions(chance: Chance, facts: Sequence[Fact]) -> str:
    asked = [fact for fact in facts if wording.asks(fact.slot)]
    lines = [f"{chance.of(wording.asks(fact.slot))} {capital(fact.noted)}." for fact in asked]
    return "\n".join([*lines, *(f"{capital(_said(chance, fact))}." for fact in facts if fact not in asked)])


def _mixed(chance: Chance, facts: Sequence[Fact]) -> str:
    half = len(facts) // 2
    return (
        f"{_prose(chance, facts[:half])}\n{_list('- ', ': ')(chance, facts[half:])}" if half else _prose(chance, facts)
    )


def prose(chance: Chance, facts: Sequence[Fact]) -> str:
    """The facts in running text that follows other words: joined by commas, in sentences, or as short messages."""
    order = list(facts)
    if chance.odds(0.6):
        chance.random.shuffle(order)
    text = chance.random.choice((_run, _run, _woven, _woven, _prose, _chat))(chance, order)
    return chance.one(text, small(text))


def _chat(chance: Chance, facts: Sequence[Fact]) -> str:
    lines = [_said(chance, fact) + chance.one("", "", " nhé", " nha", " ạ", " em nhé") for fact in facts]
    return "\n".join(lines)


def _paragraphs(chance: Chance, facts: Sequence[Fact]) -> str:
    return "\n".join(capital(_said(chance, fact)) + "." for fact in facts)


LAYOUTS: tuple[Callable[[Chance, Sequence[Fact]], str], ...] = (
    _list("- ", ": "),
    _list("- ", ": ", "."),
    _list("* ", ": "),
    _list("", ": "),
    _list("", ": ", "."),
    _list("+ ", " - ", large=False),
    _list("", " = ", large=False),
    _list("• ", ": "),
    _list("", "\t"),
    _numbers,
    _prose,
    _prose,
    _woven,
    _woven,
    _woven,
    _woven,
    _woven,
    _woven,
    _formal,
    _run,
    _run,
    _telegram,
    _table,
    _questions,
    _mixed,
    _chat,
    _paragraphs,
)


def notes(chance: Chance, facts: Sequence[Fact]) -> str:
    """The facts as somebody wrote them down."""
    order = list(facts)
    if chance.odds(0.6):
        chance.random.shuffle(order)
    text = chance.random.choice(LAYOUTS)(chance, order)
    if chance.odds(0.15):
        aside = chance.of((*ASIDES, *wording.asides()))
        text = f"{text}\n{aside}" if chance.odds(0.5) else f"{aside}\n{text}"
    if chance.odds(0.35):
        text = chance.of(OPENINGS) + chance.one("\n", " ", "\n") + text
    if chance.odds(0.2):
        text += chance.one("\n", " ") + chance.of(CLOSINGS)
    return text.lower() if chance.odds(0.03) else text
