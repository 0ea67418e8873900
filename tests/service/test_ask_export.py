"""An answer as .docx: what its footnotes say of the passages."""

from __future__ import annotations

from service import library
from service.ask import taken
from service.kit import Kit
from service.records import User
from tests.service.test_ask import CLERKS, run, with_engine
from tests.service.test_docx_footnotes import W, part


def test_a_footnote_names_the_documents_that_say_the_same(kit: Kit, people: dict[str, User]) -> None:
    for name, text in (("Kế hoạch.txt", CLERKS), ("Bản gửi thôn.txt", f"{CLERKS}\n")):
        library.index(kit, library.accept(kit, people["lan"], name, text.encode()).id)
    kit = with_engine(kit, "Kinh phí tiêm phòng là 62 triệu đồng [1].")
    done, _ = run(kit, people["lan"], "Kinh phí tiêm phòng là bao nhiêu?")
    passage = done.passages[0]
    assert passage.also in ("Kế hoạch", "Bản gửi thôn")
    data, _ = taken.export(kit, people["lan"], done.id)
    notes = ["".join(one.itertext()) for one in part(data.getvalue(), "word/footnotes.xml").iter(f"{W}footnote")]
    assert any(note.strip().endswith(f"”. Cũng có trong: {passage.also}.") for note in notes)
