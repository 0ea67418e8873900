"""The prompt while it is written: saved, and looked at by rules alone."""

from __future__ import annotations

import html
import json
import re

from service import practice
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.practice import editor
from service.records import User
from tests.pages.test_practice_run import EXERCISE, ClientOf

PROMPT = "Bạn là chuyên viên Văn phòng UBND xã. Tóm tắt công văn kèm theo."


def test_the_parts_found_are_placed_and_the_missing_offered(
    seeded: Kit, engine: ScriptedEngine, client_of: ClientOf, people: dict[str, User]
) -> None:
    answer = client_of("lan").post(f"/exercises/{EXERCISE}/prompt", data={"prompt": PROMPT})
    assert answer.status_code == 200
    spans = json.loads(html.unescape(re.search(r'data-spans="([^"]*)"', answer.text)[1]))  # type: ignore[index]
    assert [PROMPT[start:end] for start, end, number in spans if number == 1] == [
        "Bạn là chuyên viên Văn phòng UBND xã."
    ]
    assert "<b>1</b> Vai trò" in answer.text
    missing = r'<button class="part-missing"[^>]* data-insert="[^"]+"[^>]*><span[^>]*>Ràng buộc</span></button>'
    assert re.search(missing, answer.text)
    assert 'data-saved="Đã lưu ' in answer.text
    assert engine.asked == []
    exercise = practice.exercises.get(seeded, people["lan"], EXERCISE)
    assert editor.prompt_in_hand(seeded, people["lan"], exercise) == PROMPT


def test_a_part_only_begun_leads_to_its_blank(seeded: Kit, client_of: ClientOf) -> None:
    prompt = f"{PROMPT} Văn bản này phục vụ [việc gì], người đọc là [ai]."
    page = client_of("lan").post(f"/exercises/{EXERCISE}/prompt", data={"prompt": prompt}).text
    place = f'data-goto-start="{prompt.index("[")}" data-goto-end="{prompt.index("]") + 1}" data-goto-of="prompt"'
    assert re.search(rf'<button class="part-missing" type="button" {place}[^>]*><span[^>]*>Bối cảnh<', page)
    assert "Còn chỗ trống [việc gì], anh/chị điền vào" in page
    assert "Thêm câu: «Văn bản này phục vụ" not in page


def test_suggestions_keep_to_the_exercise_and_the_trainers_words_stand_first(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    page = lan.post("/exercises/trich-nhiem-vu-tu-ket-luan/prompt", data={"prompt": "Lập bảng công việc."}).text
    assert "thiếu thì ghi [chưa nêu]." in page and "[cần bổ sung]" not in page
    first, second = re.findall(r'<article class="finding.*?</article>', page, re.DOTALL)[:2]
    assert "Câu lệnh chưa đủ như bài cần" in first and "Câu lệnh cần nói rõ bảng có những cột nào" in first
    assert "Câu lệnh cần nói rõ" not in second
    short = lan.post(f"/exercises/{EXERCISE}/prompt", data={"prompt": "Tóm tắt công văn này."}).text
    assert "mỗi ý một dòng, không quá 150 tiếng." in short and "200 tiếng" not in short


def test_the_desk_shows_the_prompt_in_hand_again(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    lan.post(f"/exercises/{EXERCISE}/prompt", data={"prompt": PROMPT})
    assert f"{PROMPT}</textarea>" in lan.get(f"/exercises/{EXERCISE}").text
    assert PROMPT not in client_of("minh").get(f"/exercises/{EXERCISE}").text


def test_an_identity_number_is_offered_a_mask(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    prompt = "Tóm tắt đơn của công dân có số định danh 079203001234 ở thôn Đông."
    answer = client_of("lan").post(f"/exercises/{EXERCISE}/prompt", data={"prompt": prompt})
    start = prompt.index("079203001234")
    assert re.search(rf'data-mask="\[[^"]+\]" data-start="{start}" data-end="{start + 12}"', answer.text), answer.text
    kept = editor.prompt_in_hand(seeded, people["lan"], practice.exercises.get(seeded, people["lan"], EXERCISE))
    assert "079203001234" not in kept and "định danh [CCCD_1]" in kept, "the server keeps it behind a mask"


def test_the_mask_offered_is_the_one_that_is_kept_and_hides_nothing_else(
    seeded: Kit, client_of: ClientOf, people: dict[str, User]
) -> None:
    exercise = practice.exercises.get(seeded, people["lan"], EXERCISE)
    practice.begin(seeded, people["lan"], exercise, "Tóm tắt đơn của công dân có số định danh [CCCD_1].")
    lan, prompt = client_of("lan"), "Tóm tắt đơn của công dân có số định danh 079203001234."
    offered = lan.post(f"/exercises/{EXERCISE}/prompt", data={"prompt": prompt, "masks": "[CCCD_2]"}).text
    assert 'data-mask="[CCCD_3]"' in offered and "Thay bằng [CCCD_3]" in offered
    assert "định danh [CCCD_3]" in editor.prompt_in_hand(seeded, people["lan"], exercise)
    practice.begin(seeded, people["lan"], exercise, prompt)
    assert 'data-mask="[CCCD_2]"' in lan.get(f"/exercises/{EXERCISE}").text


def test_a_secrecy_mark_is_not_saved(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    answer = client_of("lan").post(f"/exercises/{EXERCISE}/prompt", data={"prompt": "TUYỆT MẬT\nTóm tắt"})
    assert answer.status_code == 422
    exercise = practice.exercises.get(seeded, people["lan"], EXERCISE)
    assert "TUYỆT" not in editor.prompt_in_hand(seeded, people["lan"], exercise)


def test_a_stranger_saves_nothing(seeded: Kit, client_of: ClientOf) -> None:
    stranger = client_of("lan").application.test_client()
    assert stranger.post(f"/exercises/{EXERCISE}/prompt", data={"prompt": PROMPT}).status_code in (302, 401)
