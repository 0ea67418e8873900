"""A question from begin to its traced answer: what is read, what is dropped, what is not there, who may see it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from service import ask, library
from service.ask import brief, quotation, refusal, taken, tracing
from service.engines.scripted import ScriptedEngine
from service.errors import BadInput, NotFound, Secret
from service.kit import Kit
from service.quoting import MOST
from service.records import AttemptState, Delta, Document, Failed, Finish, Question, Sources, Support, User
from tests.service.test_docx_footnotes import W, part
from training.frames import system_text

CLERKS = """Kế hoạch tiêm phòng vụ Thu Đông
I. MỤC TIÊU
Xã Đông Mai tiêm đạt ít nhất 80% tổng đàn trâu, bò, hoàn thành trước ngày 15 tháng 12 năm 2026 để phòng dịch mùa rét.
II. KINH PHÍ
Kinh phí tiêm phòng là 62.000.000 đồng, lấy từ ngân sách xã năm 2026, giao Phòng Kinh tế lập dự toán, thanh quyết toán.
III. BÁO CÁO
Trưởng thôn gửi kết quả về Phòng Kinh tế trước 17 giờ ngày 18 tháng 12 năm 2026, nêu rõ số hộ chưa tiêm và lý do.
"""


@pytest.fixture
def plan(kit: Kit, people: dict[str, User]) -> Document:
    document = library.accept(kit, people["lan"], "Kế hoạch tiêm phòng.txt", CLERKS.encode())
    library.index(kit, document.id)
    return document


def run(kit: Kit, user: User, text: str, documents: tuple[int, ...] = ()) -> tuple[Question, list[object]]:
    asked = ask.begin(kit, user, text, documents)
    told = list(ask.answer(kit, user, asked.id))
    return ask.get(kit, user, asked.id), told


def with_engine(kit: Kit, *answers: str, **given: int) -> Kit:
    return replace(kit, engine=ScriptedEngine(answers, **given))


def test_an_answer_is_traced_sentence_by_sentence(kit: Kit, people: dict[str, User], plan: Document) -> None:
    said = (
        "- Tiêm đạt ít nhất 80% tổng đàn trâu, bò trước ngày 15 tháng 12 năm 2026 [1].\n"
        "- Kinh phí tiêm phòng là 62 triệu đồng, lấy từ ngân sách xã [99].\n"
        "- Mỗi hộ được tặng hai bao cám cho gia súc non."
    )
    kit = with_engine(kit, said)
    done, told = run(kit, people["lan"], "Tiêm phòng đạt bao nhiêu phần trăm, kinh phí bao nhiêu?", (plan.id,))
    assert isinstance(told[0], Sources) and isinstance(told[-1], Finish)
    assert "".join(one.text for one in told if isinstance(one, Delta)) == said.replace(" [99]", "")
    assert done.state is AttemptState.DONE and done.dropped == (99,)
    assert [one.support for one in done.support] == [Support.CITED, Support.FOUND, Support.NONE]
    shown = tracing.traced(done.answer, done.support)
    [(start, end)] = shown.automatic
    assert "ngân sách xã [" in shown.text[:end] and shown.text[end] == "."
    number = int(shown.text[start + 1 : end - 1])
    assert "62.000.000" in done.passages[number - 1].text
    assert all(shown.text[one.start : one.end].startswith("- ") for one in shown.support)


def test_a_small_document_is_read_whole_and_in_order(kit: Kit, people: dict[str, User], plan: Document) -> None:
    done, _ = run(kit, people["lan"], "Báo cáo kết quả tiêm phòng gửi về đâu?", (plan.id,))
    assert [one.chunk for one in done.passages] == list(range(len(done.passages)))
    assert "[1] " in done.system and "TÀI LIỆU" in done.system


def test_what_does_not_fit_is_told(kit: Kit, people: dict[str, User], plan: Document) -> None:
    article = "Điều {n}. Tiêm phòng tại thôn số {n} do tổ {n} làm, báo cáo ngay trong ngày. "
    long = "\n".join(article.format(n=n) * 9 for n in range(1, 30))
    document = library.accept(kit, people["lan"], "Quy chế.txt", long.encode())
    library.index(kit, document.id)
    kit = with_engine(kit, "Tổ 3 làm [1].", context=700)
    done, _ = run(kit, people["lan"], "Tiêm phòng tại thôn số 3 do ai làm?", (document.id,))
    assert done.passages and done.left_out
    assert kit.engine.count_tokens([]) == 0
    assert [one.number for one in done.passages] == list(range(1, len(done.passages) + 1))


@pytest.mark.parametrize(
    "text", ["Giá vé máy bay đi Đà Lạt là bao nhiêu?", "Quyết định 45/QĐ-UBND nói gì?", "thoi tiet ngay mai the nao"]
)
def test_what_is_not_there_is_said_without_a_model(
    kit: Kit, people: dict[str, User], plan: Document, text: str
) -> None:
    kit = with_engine(kit)  # asking it would be an error
    done, told = run(kit, people["lan"], text, (plan.id,))
    assert not done.answerable and done.answer == refusal.NOT_THERE
    assert len(done.passages) <= ask.NEAREST
    assert any(isinstance(one, Delta) and one.text == refusal.NOT_THERE for one in told)


@pytest.mark.parametrize(
    "said",
    [
        refusal.NOT_THERE,
        "Các tài liệu được cung cấp không nêu mức phạt với hộ chưa tiêm.",
        "Tài liệu không nêu mức phạt. Anh/chị liên hệ Phòng Tư pháp huyện để biết.",
    ],
)
def test_a_model_that_says_so_in_any_words_has_not_answered(
    kit: Kit, people: dict[str, User], plan: Document, said: str
) -> None:
    done, told = run(with_engine(kit, said), people["lan"], "Kinh phí tiêm phòng phạt hộ nào?", (plan.id,))
    assert isinstance(told[-1], Finish) and done.state is AttemptState.DONE
    assert (done.answerable, done.answer, done.support) == (False, said, ())
    assert done.passages and quotation.quotes(kit, done) == ()
    assert taken.as_text(done).startswith(refusal.NOT_THERE) and said in taken.as_text(done)
    data, _ = taken.export(kit, people["lan"], done.id)
    assert refusal.NOT_THERE in "".join(part(data.getvalue(), "word/document.xml").itertext())


@pytest.mark.parametrize(
    "said",
    [
        "Tài liệu không nêu mức phạt với hộ chưa tiêm [2].",
        "Tài liệu không nêu mức phạt. Kinh phí tiêm phòng là 62 triệu đồng, lấy từ ngân sách xã.",
        "Tài liệu không nêu mức phạt với hộ chưa tiêm. " + "Xã nhắc từng hộ đưa bò đi tiêm cho đủ. " * 5,
        "Xã chưa có kế hoạch tiêm phòng đàn chó.",
    ],
)
def test_what_answers_in_part_or_in_the_words_of_a_document_stays_an_answer(
    kit: Kit, people: dict[str, User], said: str
) -> None:
    text = f"{CLERKS}IV. ĐÀN CHÓ\nĐến nay xã chưa có kế hoạch tiêm phòng đàn chó, kinh phí do hộ nuôi tự lo liệu."
    plan = library.accept(kit, people["lan"], "Kế hoạch tiêm phòng.txt", text.encode())
    library.index(kit, plan.id)
    done, _ = run(with_engine(kit, said), people["lan"], "Kinh phí tiêm phòng phạt hộ nào?", (plan.id,))
    assert done.answerable and done.support


def test_a_refusal_of_the_small_model_leaves_the_word_to_the_documents(
    kit: Kit, people: dict[str, User], plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The passages are near enough, and it refuses too often to be believed."""
    box = small(with_engine(kit, refusal.NOT_THERE), monkeypatch)
    done, _ = run(box, people["lan"], "Kinh phí tiêm phòng là bao nhiêu?", (plan.id,))
    assert (done.answerable, done.answer, done.unsure, done.support) == (True, "", True, ())
    copied = taken.as_text(done, said := quotation.quotes(kit, done))
    assert said and "62.000.000 đồng" in copied and copied.count(refusal.UNSURE) == 1
    data, _ = taken.export(kit, people["lan"], done.id)
    names = [name for name in ZipFile(BytesIO(data.getvalue())).namelist() if name.endswith(".xml")]
    for told in (copied, "".join("".join(part(data.getvalue(), name).itertext()) for name in names)):
        assert refusal.NOT_THERE not in told and "áy viết" not in told, "no machine wrote any of it"


def test_the_small_model_reads_few_passages(kit: Kit, people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    for n, text in enumerate(
        (
            "Kinh phí tiêm phòng dại cho đàn chó lấy từ dự phòng của xã, duyệt tại cuộc họp đầu tháng.",
            "Trạm Thú y nhận kinh phí tiêm phòng và trả công cho người bắt giữ đàn chó thả rông.",
            "Đàn chó nuôi ở chợ do Ban Quản lý chợ tự lo kinh phí, tiêm phòng dại vào buổi chiều.",
            "Hội Nông dân vận động hộ nghèo; kinh phí tiêm phòng cho đàn chó của các hộ ấy được miễn.",
            "Năm trước xã quyết toán kinh phí tiêm phòng dại, đàn chó khi ấy có ba trăm con.",
            "Trưởng thôn lập sổ theo dõi đàn chó, báo số đã tiêm phòng dại cùng kinh phí thu của dân.",
        )
    ):
        library.index(kit, library.accept(kit, people["lan"], f"Văn bản {n}.txt", text.encode()).id)
    engine = with_engine(kit, "Có [1].", "Có [1].")
    asked = "Kinh phí tiêm phòng dại cho đàn chó do ai lo?"
    larger, _ = run(engine, people["lan"], asked, ())
    boxed, _ = run(small(engine, monkeypatch), people["lan"], asked, ())
    assert len(boxed.passages) == brief.FEW_PASSAGES < len(larger.passages)
    [first, *_] = boxed.passages
    assert "do Ban Quản lý chợ tự lo" in first.text, "the sentence that answers best is read first"


def small(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> Kit:
    """The same with a model that says it is the one in the box."""
    state = replace(kit.engine.state(), small=True)
    monkeypatch.setattr(kit.engine, "state", lambda: state)
    return kit


def test_only_a_larger_model_is_told_how_to_say_that_it_is_not_there(
    kit: Kit, people: dict[str, User], plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model in the box was trained on the frame as it stands."""
    asked = run(with_engine(kit, "Có [1]."), people["lan"], "Kinh phí tiêm phòng là bao nhiêu?", (plan.id,))[0]
    box = small(with_engine(kit, "Có [1]."), monkeypatch)
    boxed = run(box, people["lan"], "Kinh phí tiêm phòng là bao nhiêu?", (plan.id,))[0]
    assert f"“{refusal.NOT_THERE}”" in asked.system
    assert boxed.system == system_text("ask", tuple(one.text for one in boxed.passages))


def test_questions_without_diacritics_are_answered(kit: Kit, people: dict[str, User], plan: Document) -> None:
    done, _ = run(kit, people["lan"], "kinh phi tiem phong la bao nhieu", (plan.id,))
    assert done.answerable


def test_a_second_look_replays_and_never_asks_again(kit: Kit, people: dict[str, User], plan: Document) -> None:
    kit = with_engine(kit, "Trước ngày 15 tháng 12 năm 2026 [1].")
    done, _ = run(kit, people["lan"], "Tiêm phòng xong trước ngày nào?", (plan.id,))
    again = list(ask.answer(kit, people["lan"], done.id))
    assert [one.text for one in again if isinstance(one, Delta)] == [done.answer]


def test_what_was_written_before_a_break_is_kept(kit: Kit, people: dict[str, User], plan: Document) -> None:
    kit = with_engine(kit, "Trước ngày 15 tháng 12.", break_after=2)
    done, told = run(kit, people["lan"], "Tiêm phòng xong trước ngày nào?", (plan.id,))
    assert isinstance(told[-1], Failed)
    assert (done.state, done.answer) == (AttemptState.FAILED, "Trước ngày")


def test_a_stopped_question_never_starts(kit: Kit, people: dict[str, User], plan: Document) -> None:
    asked = ask.begin(kit, people["lan"], "Tiêm phòng xong trước ngày nào?", (plan.id,))
    ask.stop(kit, people["lan"], asked.id)
    list(ask.answer(with_engine(kit), people["lan"], asked.id))
    assert ask.get(kit, people["lan"], asked.id).state is AttemptState.STOPPED


def test_others_see_and_ask_nothing_of_it(kit: Kit, people: dict[str, User], plan: Document) -> None:
    done, _ = run(kit, people["lan"], "Tiêm phòng xong trước ngày nào?", (plan.id,))
    for name in ("minh", "thu", "dung", "quan"):
        assert ask.history(kit, people[name]) == ()
        for deed in (ask.get, ask.stop, ask.remove):
            with pytest.raises(NotFound):
                deed(kit, people[name], done.id)
        with pytest.raises(NotFound):
            ask.begin(kit, people[name], "Kinh phí bao nhiêu?", (plan.id,))
        with pytest.raises(BadInput, match="Chưa có tài liệu"):
            ask.begin(kit, people[name], "Kinh phí bao nhiêu?")
    ask.remove(kit, people["lan"], done.id)
    assert ask.history(kit, people["lan"]) == ()


@pytest.mark.parametrize(
    ("text", "error"), [("", BadInput), (" ?! ", BadInput), ("dài " * 300, BadInput), ("Độ mật: TUYỆT MẬT", Secret)]
)
def test_bad_questions_are_refused_and_not_kept(
    kit: Kit, people: dict[str, User], plan: Document, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        ask.begin(kit, people["lan"], text, (plan.id,))
    assert ask.history(kit, people["lan"]) == ()


def test_what_the_documents_say_is_copied_and_exported_with_the_answer(
    kit: Kit, people: dict[str, User], plan: Document
) -> None:
    kit = with_engine(kit, "Mức kinh phí là 62 triệu đồng [1].")
    done, _ = run(kit, people["lan"], "Kinh phí tiêm phòng là bao nhiêu, gửi kết quả trước mấy giờ?", (plan.id,))
    said = quotation.quotes(kit, done)
    told, machine = taken.as_text(done, said).split("Máy viết:\n")
    for passage, text in said:
        assert f"“{' '.join(text.split())}” [{passage.number}]" in told and f"\n[{passage.number}] Kế hoạch" in machine
    data, _ = taken.export(kit, people["lan"], done.id)
    body = "".join(part(data.getvalue(), "word/document.xml").itertext())
    assert body.index("Tài liệu nói") < body.index("62.000.000 đồng") < body.index("Mức kinh phí")


def test_a_number_in_brackets_of_a_document_is_no_mark_of_ours(
    kit: Kit, people: dict[str, User], plan: Document
) -> None:
    kit = with_engine(kit, "Đạt ít nhất 80% [1].")
    done, _ = run(kit, people["lan"], "Tiêm phòng đạt bao nhiêu phần trăm?", (plan.id,))
    [passage, *_] = done.passages
    said = ((passage, "Số liệu lấy ở phụ lục [99] kèm theo."),)
    assert "[99]" not in taken.as_text(done, said) and f"kèm theo.” [{passage.number}]" in taken.as_text(done, said)


def test_marks_survive_copying_and_export(kit: Kit, people: dict[str, User], plan: Document) -> None:
    kit = with_engine(kit, "Trước ngày 15 tháng 12 năm 2026 [1].\nKinh phí tiêm phòng là 62 triệu đồng.")
    done, _ = run(kit, people["lan"], "Tiêm phòng xong trước ngày nào, kinh phí bao nhiêu?", (plan.id,))
    copied = taken.as_text(done)
    assert "2026 [1]." in copied and "(tự động)." in copied and "\n[1] Kế hoạch tiêm phòng" in copied
    data, name = taken.export(kit, people["lan"], done.id)
    assert name == "tiem-phong-xong-truoc-ngay-nao-kinh-phi-bao-nhieu.docx"
    notes = ["".join(one.itertext()) for one in part(data.getvalue(), "word/footnotes.xml").iter(f"{W}footnote")]
    assert len(notes) == 2 + 2 + MOST and "Kế hoạch tiêm phòng" in notes[2]  # separators, sentences, quotes


def test_what_nothing_bears_out_is_named_in_the_copy_and_in_the_file(
    kit: Kit, people: dict[str, User], plan: Document
) -> None:
    said = (
        "Kinh phí tiêm phòng là 62 triệu đồng, lấy từ ngân sách xã.\n"
        "Kinh phí tiêm phòng là 90 triệu đồng, lấy từ ngân sách xã [1].\n"
        "Mỗi hộ được tặng hai bao cám cho gia súc non.\n"
        "Tiêm đạt ít nhất 80% tổng đàn trâu, bò. [1]"
    )
    done, _ = run(with_engine(kit, said), people["lan"], "Kinh phí tiêm phòng là bao nhiêu?", (plan.id,))
    assert [one.support for one in done.support] == [Support.FOUND, Support.UNHELD, Support.NONE, Support.CITED]
    copied = taken.as_text(done)
    assert "ngân sách xã [1] (tự động).\n" in copied
    assert "ngân sách xã [1] (đoạn dẫn không khớp).\n" in copied
    assert "gia súc non (chưa có căn cứ).\n" in copied and "trâu, bò. [1]\n" in copied
    data, _ = taken.export(kit, people["lan"], done.id)
    body = "".join(part(data.getvalue(), "word/document.xml").itertext())
    for words in ("ngân sách xã (tự động).", "xã (đoạn dẫn không khớp).", "non (chưa có căn cứ)."):
        assert words in body


def test_documents_that_say_the_same_are_named(kit: Kit, people: dict[str, User], plan: Document) -> None:
    done, _ = run(with_engine(kit, "Đạt 80% [1]."), people["lan"], "Tiêm đạt bao nhiêu phần trăm?", (plan.id,))
    first, *others = done.passages
    twice = replace(done, passages=(replace(first, also="Kế hoạch cũ; Công văn 5"), *others))
    assert "Cũng có trong" not in taken.as_text(done)
    assert f"[1] {tracing.where(first)}. Cũng có trong: Kế hoạch cũ; Công văn 5.\n" in taken.as_text(twice)


def test_an_interrupted_question_is_told_at_the_next_start(kit: Kit, people: dict[str, User], plan: Document) -> None:
    asked = ask.begin(kit, people["lan"], "Tiêm phòng xong trước ngày nào?", (plan.id,))
    running = ask.answer(kit, people["lan"], asked.id)
    next(running)
    assert ask.recover(kit) == 1
    assert ask.get(kit, people["lan"], asked.id).state is AttemptState.INTERRUPTED
    running.close()  # type: ignore[attr-defined]
