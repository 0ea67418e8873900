"""The model card beside the file: what it is, what it is not, what was reached and what falls short. Vietnamese, then English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.engines.llama import placeholders
from training.checkpoints import Progress
from training.model import Shape
from training.parity import Parity

TITLE = "Mô hình luyện tập nhỏ"


@dataclass(frozen=True)
class Aim:
    """A figure of the report: what it says, and the least (or, not ``more``, the most) it should be for a model learnt on
    a CPU and for one learnt on a GPU."""

    key: str
    vietnamese: str
    english: str
    on_cpu: float
    on_gpu: float
    more: bool = True

    def reached(self, value: float | None, *, on_gpu: bool) -> bool | None:
        """Whether the value is good enough; None where there is none."""
        aim = self.on_gpu if on_gpu else self.on_cpu
        return None if value is None else value >= aim if self.more else value <= aim


_AIMS = (
    Aim(
        "format",
        "văn bản không còn lỗi thể thức quan trọng (phần khung do chương trình ghi)",
        "documents without an essential finding of form (head and foot by code)",
        0.95,
        0.95,
    ),
    Aim(
        "facts",
        "dữ kiện được giao đến nơi nguyên vẹn, **đúng chỗ**",
        "facts of the brief that arrive unchanged, **in their place**",
        0.80,
        0.97,
    ),
    Aim(
        "invented",
        "con số, ngày, tên trong kết quả không có trong yêu cầu và tài liệu",
        "numbers, dates and names found in neither prompt nor sources",
        0.03,
        0.02,
        more=False,
    ),
    Aim(
        "obedience",
        "theo đúng yêu cầu về độ dài, bảng, gạch đầu dòng, các phần",
        "instructions obeyed (length, table, bullets, parts)",
        0.75,
        0.90,
    ),
    Aim(
        "unanswerable",
        "câu hỏi tài liệu không có: trả lời là không có",
        "unanswerable questions answered so",
        0.90,
        0.90,
    ),
    Aim("citations", "số đoạn dẫn đúng", "citations that point to the right passage", 0.90, 0.90),
    Aim("syllables", "tiếng viết ra là tiếng Việt có thật", "words that are Vietnamese syllables", 0.995, 0.995),
)
_FREE_FACTS = 0.60
_GAIN = 25
"""Points of 100 by which a full prompt should beat a vague one."""
_SPEED = {False: (300.0, 0.0), True: (100.0, 400.0)}
"""Tokens/s for one person and for 16 together: aims of a model learnt on a CPU, and of one learnt on a GPU."""


def _percent(value: float | None, *, decimal: str = ",") -> str:
    return "–" if value is None else f"{value * 100:.1f}".replace(".", decimal) + "%"


def _rows(report: Mapping[str, Any], *, on_gpu: bool, english: bool) -> str:
    groups = [report["reserved"], report.get("free") or {}, report.get("no_grounding") or {}]
    decimal = "." if english else ","
    words = {True: ("yes", "no", "–"), False: ("đạt", "chưa đạt", "–")}[english]
    lines = []
    for aim in _AIMS:
        reached = aim.reached(groups[0].get(aim.key), on_gpu=on_gpu)
        said = words[2] if reached is None else words[0] if reached else words[1]
        sign = ("≥ " if aim.more else "≤ ") + _percent(aim.on_gpu if on_gpu else aim.on_cpu, decimal=decimal)
        values = " | ".join(_percent(group.get(aim.key), decimal=decimal) for group in groups)
        lines.append(f"| {aim.english if english else aim.vietnamese} | {sign} | {values} | {said} |")
    gain = report["reserved"].get("full_over_vague")
    name = (
        "points of 100 by which a full prompt beats a vague one"
        if english
        else "điểm (trên 100) câu lệnh đủ hơn câu lệnh chung chung"
    )
    said = words[2] if gain is None else words[0] if gain >= _GAIN else words[1]
    lines.append(f"| {name} | ≥ {_GAIN} | {_plain(gain, decimal=decimal)} | – | – | {said} |")
    return "\n".join(lines)


def _plain(value: float | None, *, decimal: str = ",") -> str:
    return "–" if value is None else str(value).replace(".", decimal)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def write(
    report: Mapping[str, Any],
    shape: Shape,
    progress: Progress,
    proof: Parity,
    file: str,
    size: int,
    parameters: int,
    origin: Mapping[str, Any],
    kept: float = 0.0,
) -> str:
    """The card's text; ``origin`` tells of the file this training began from (empty: from nothing), ``kept`` how much of
    that file's weights is in the average."""
    gpu_seconds = progress.gpu_seconds + origin.get("gpu_seconds", 0)
    on_gpu = gpu_seconds > 0
    minutes = round((progress.seconds + origin.get("seconds", 0) - gpu_seconds) / 60)
    gpu_minutes = round(gpu_seconds / 60)
    hours_vi = [f"{gpu_minutes} phút trên một GPU của trung tâm dữ liệu"] if on_gpu else []
    hours_en = [f"{gpu_minutes} minutes on one data-centre GPU"] if on_gpu else []
    if minutes:
        hours_vi.append(f"{minutes} phút trên hai nhân CPU dùng chung với việc khác")
        hours_en.append(f"{minutes} minutes on two shared CPU cores")
    tokens = progress.tokens + origin.get("tokens", 0)
    reserved, free = report["reserved"], report.get("free") or {}
    law_vi, law_en = (", văn xuôi", ", plain text") if on_gpu else ("", "")
    alone_vi, alone_en = (" (và ở văn xuôi của luật)", " (and on plain law text)") if on_gpu else ("", "")
    short = _shortfalls(report, on_gpu=on_gpu)
    before_vi = (
        f", gồm {round(origin['seconds'] / 60)} phút của bản trước mà bản này học tiếp" if origin.get("seconds") else ""
    )
    before_en = (
        f", {round(origin['seconds'] / 60)} of them in the earlier version it goes on from"
        if origin.get("seconds")
        else ""
    )
    if kept:
        before_vi += f" (trọng số là trung bình, {_percent(kept)} của bản trước)"
        before_en += f" (the weights are averaged, {_percent(kept, decimal='.')} from that version)"
    megabytes = f"{size / 1e6:.1f}"
    millions = f"{parameters / 1e6:.1f}"
    return f"""# {TITLE} (`{file}`)

Đi kèm Học Vụ để anh/chị luyện tập được ngay, không cần mạng. Giấy phép Apache-2.0. *English below.*

## Mô hình này là gì
- Một mô hình ngôn ngữ nhỏ: {millions.replace(".", ",")} triệu tham số, tệp {megabytes.replace(".", ",")} MB, đọc và viết tổng cộng {_number(shape.context)} đơn vị chữ trong một lượt (gần bằng số tiếng tiếng Việt).
- Học {", rồi ".join(hours_vi)}{before_vi}, tổng cộng {_plain(round(tokens / 1e6, 1))} triệu đơn vị chữ (kể cả chữ học lại), chủ yếu từ văn bản **bịa** do một chương trình sinh ra: soạn thân văn bản của 29 loại theo Nghị định số 30/2020/NĐ-CP từ ghi chép, tin nhắn hoặc văn bản khác, hỏi đáp có dẫn đoạn, câu hỏi không có lời đáp, bảng nhiệm vụ – thời hạn, tóm tắt, viết lại cho dễ hiểu, đối chiếu hai bản, sửa câu lệnh. Hơn 4.300 bài được soạn riêng từng bài, mỗi bài có hai, ba cách hỏi; cùng hơn 700 văn bản bịa, mỗi bản bảy đến mười câu hỏi bằng lời người hỏi. Một phần câu hỏi, chi tiết, chữ để tập chép{law_vi} lấy từ văn bản pháp luật đã công bố.
- Ngoài văn bản pháp luật, trong dữ liệu không có người, cơ quan hay số liệu thật. Phần khung của văn bản (quốc hiệu, tên cơ quan, số, ngày, nơi nhận, chữ ký) do chương trình ghi; mô hình chỉ viết phần nội dung.
- Phần lớn số, ngày, giờ, số văn bản và tên riêng không do mô hình đánh vần: chương trình thay mỗi thứ bằng một ký hiệu trước khi mô hình đọc và ghi lại khi mô hình viết ra (ngày, giờ ghi theo lối văn bản hành chính). Các thứ ấy vì vậy không sai chữ, nhưng vẫn có thể đặt sai chỗ.

## Mô hình này không phải là gì
- **Không dùng để soạn văn bản thật.** Mỗi con số, ngày, tên đều phải được đối chiếu với nguồn.
- Không biết kiến thức bên ngoài; câu trả lời không có giá trị tham khảo về pháp luật. Chỉ biết tiếng Việt.
- Với cách viết khác xa cách viết của chương trình sinh dữ liệu, kết quả kém hơn nhiều: xem cột «viết tự do».

Chữ của mô hình luôn được ghi rõ là «Máy viết». Muốn có kết quả tốt hơn, anh/chị cài một mô hình lớn hơn.

## Kết quả đo
Đo bằng `python3 run.py bench model --json`: {reserved["n"]} yêu cầu để riêng (tên, địa danh, chủ đề chưa từng gặp) và {free.get("n", 0)} yêu cầu do người khác viết tay; máy luôn chọn chữ có khả năng cao nhất.

| số đo | mức cần | để riêng | viết tự do | một phần ba số để riêng, không bám nguồn | kết quả |
|---|---|---|---|---|---|
{_rows(report, on_gpu=on_gpu, english=False)}

Dữ kiện với yêu cầu viết tự do: mức cần {_percent(_FREE_FACTS)}, đạt {_percent(free.get("facts"))}. Vòng lặp (câu lặp lại hoặc viết không dừng): {reserved["loops"]} trên {reserved["n"]} yêu cầu để riêng, {free.get("loops", "–")} trên {free.get("n", 0)} yêu cầu viết tự do. Tốc độ: {_plain(report["tokens_per_s_one"])} đơn vị chữ mỗi giây cho một người, {_plain(report["tokens_per_s_sixteen"])} cho 16 người cùng lúc (hai nhân CPU).

**Còn thiếu:** {short[0]}

## Kỹ thuật
Kiến trúc Llama: {shape.layers} lớp, {shape.width} chiều, {shape.heads} đầu chú ý ({shape.kv_heads} đầu khóa–giá trị), lớp ẩn {shape.inner}, RoPE cơ số {_number(int(shape.theta))}. BPE theo byte, {_number(shape.pieces)} mảnh (bộ tách sơ bộ `qwen2`), từng chữ số một, cùng {placeholders.COUNT} ký hiệu thay cho số và tên (tính trong số mảnh). Muon và AdamW, chỉ tính sai số ở phần trả lời{alone_vi}. So với khung huấn luyện trên {proof.texts} văn bản: trùng mã chữ {proof.same_tokens}/{proof.texts}, chênh lệch lớn nhất của một logit {_plain(proof.largest)}, cùng lựa chọn {_percent(proof.same_choice)}. Học tiếp: `python -m training.build --minutes 120`. Mẫu hội thoại `<|system|>…<|end|><|user|>…<|end|><|assistant|>` nằm trong tệp; SHA-256 ở `bundled.json`.

---

# The small practice model

Shipped with Học Vụ so that people can practise at once, offline. Licence: Apache-2.0.

**What it is.** A small language model: {millions} M parameters, {megabytes} MB, a context of {shape.context:,} tokens (about as many Vietnamese syllables, prompt and answer together). Trained for {", then ".join(hours_en)}{before_en}, {tokens / 1e6:.1f} M tokens in all (those seen again included), mostly on administrative documents **invented** by a generator: bodies of all 29 kinds of Decree 30/2020/NĐ-CP from notes, messages or other documents, questions with citations, unanswerable questions, task tables, summaries, plain-language versions, comparisons, mended prompts; more than 4,300 tasks were composed one by one, each with two or three ways of asking, and 700 invented documents with seven to ten questions each in an asker's own words; some questions, details, words to practise copying on{law_en} are from published law. Laws apart, no real person, body or figure is in the data. Head and foot of a document are written by code, the body by the model. Most numbers, dates, hours, document numbers and names are not spelt by the model: each stands behind one placeholder while it reads and is put back when it writes (dates and hours as official documents have them), so they cannot be misspelt, but may still be misplaced.

**What it is not.** *Not a tool for real documents.* It knows nothing of the world, is no source on the law, and speaks Vietnamese only. On wording far from the generator's it does much worse: see the column “free”.

**Measured** by `python3 run.py bench model --json` on {reserved["n"]} reserved requests (names, places and topics never seen) and {free.get("n", 0)} written by hand by somebody else, greedily.

| figure | aim | reserved | free | a third of the reserved, no grounding | reached |
|---|---|---|---|---|---|
{_rows(report, on_gpu=on_gpu, english=True)}

Facts on free wording: aim {_percent(_FREE_FACTS, decimal=".")}, reached {_percent(free.get("facts"), decimal=".")}. Loops: {reserved["loops"]} of {reserved["n"]} reserved, {free.get("loops", "–")} of {free.get("n", 0)} free. Speed on two cores: {report["tokens_per_s_one"]} tokens/s for one person, {report["tokens_per_s_sixteen"]} for 16 together.

**Falls short:** {short[1]}

**Technical.** Llama architecture: {shape.layers} layers, width {shape.width}, {shape.heads} attention heads ({shape.kv_heads} key–value), feed-forward {shape.inner}, RoPE base {int(shape.theta):,}. Byte-level BPE with {shape.pieces:,} pieces (pre-tokenizer `qwen2`), digits one by one; {placeholders.COUNT} of the pieces are placeholders for numbers and names. Muon with AdamW, loss on answers only{alone_en}. Parity with the training framework on {proof.texts} texts: token ids equal in {proof.same_tokens}, largest difference of a logit {proof.largest}, same choice {_percent(proof.same_choice, decimal=".")}. To go on training: `python -m training.build --minutes 120`.
"""


def _shortfalls(report: Mapping[str, Any], *, on_gpu: bool) -> tuple[str, str]:
    """What misses its aim, in Vietnamese and English."""
    missed = [
        (aim.vietnamese, aim.english)
        for aim in _AIMS
        if aim.reached(report["reserved"].get(aim.key), on_gpu=on_gpu) is False
    ]
    free = report.get("free") or {}
    missed += [
        (f"{aim.vietnamese}, khi viết tự do", f"{aim.english}, on free wording")
        for aim in _AIMS
        if aim.key != "facts" and aim.reached(free.get(aim.key), on_gpu=on_gpu) is False
    ]
    if free.get("facts") is not None and free["facts"] < _FREE_FACTS:
        missed.append(("dữ kiện với yêu cầu viết tự do", "facts on free wording"))
    gain = report["reserved"].get("full_over_vague")
    if gain is not None and gain < _GAIN:
        missed.append(
            (
                f"mức câu lệnh đủ hơn câu lệnh chung chung (mức cần {_GAIN} điểm)",
                f"a full prompt over a vague one (aim {_GAIN})",
            )
        )
    alone, together = _SPEED[on_gpu]
    if report["tokens_per_s_one"] < alone:
        missed.append((f"tốc độ cho một người (mức cần {alone:.0f})", f"speed for one person (aim {alone:.0f})"))
    if report["tokens_per_s_sixteen"] < together:
        missed.append(
            (f"tốc độ cho 16 người cùng lúc (mức cần {together:.0f})", f"speed for 16 together (aim {together:.0f})")
        )
    if not missed:
        return "không có.", "nothing."
    plain = [(one.replace("**", ""), other.replace("**", "")) for one, other in missed]
    return "; ".join(one for one, _ in plain) + ".", "; ".join(other for _, other in plain) + "."
