"""The pages of prompt experiments: from the answer to the table, while it runs and afterwards, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import pytest
from flask.testing import FlaskClient

from service import models, worker
from service.engines.scripted import ScriptedEngine
from service.kit import Kit
from service.records import Message
from service.settings import HOME
from tests.pages.test_practice_run import EXERCISE, events

PROMPT = "Bạn là chuyên viên. Tóm tắt công văn kèm theo, không quá 150 tiếng; không tự thêm số liệu."
ClientOf = Callable[[str], FlaskClient]


def speak(messages: Sequence[Message]) -> str:
    return "Xã tiêm phòng cho đàn vật nuôi. " * (6 if "150 tiếng" in messages[-1].content else 40)


@pytest.fixture
def engine() -> Iterator[ScriptedEngine]:
    engine = ScriptedEngine(speak)
    yield engine
    engine.close()


def answered(client: FlaskClient, prompt: str = PROMPT) -> int:
    sent = client.post(f"/exercises/{EXERCISE}/attempts", data={"prompt": prompt})
    attempt_id = int(sent.location.rpartition("/")[2])
    events(client, attempt_id)
    return attempt_id


def test_parts_are_tried_from_the_answer_on(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    attempt_id = answered(lan)
    assert f'href="/attempts/{attempt_id}/experiments"' in lan.get(f"/attempts/{attempt_id}").text
    desk = lan.get(f"/attempts/{attempt_id}/experiments").text
    assert "Bỏ “Ràng buộc”" in desk and "12 lượt chạy" in desk
    begun = lan.post(f"/attempts/{attempt_id}/experiments", data={"kind": "parts"})
    assert begun.status_code == 303
    waiting = lan.get(begun.location).text
    assert "Đã chạy 0/12 lượt" in waiting and f'hx-get="{begun.location}/progress' in waiting
    refused = lan.post(f"/attempts/{attempt_id}/experiments", data={"kind": "parts"})
    assert refused.status_code == 400 and "đang có một lượt thử chưa xong" in refused.text
    while worker.run_once(seeded):
        pass
    page = lan.get(begun.location).text
    assert "hx-get" not in page
    assert 'Bỏ “Định dạng” thì kém hơn ở: Độ dài: <span lang="vi">không quá 150 tiếng</span>.' in page
    assert "Bỏ “Vai trò” không đổi mục nào." in page
    other = lan.get(f"{begun.location}?variant=4&input=quy-che-hop").text
    assert '<del class="removed">không quá 150 tiếng' in other
    assert lan.get(f"{begun.location}?variant=99&input=khong-co").status_code == 200
    english = lan.get(f"{begun.location}?lang=en").text
    assert "What does each part of the prompt do?" in english
    assert 'Without “Format” it does worse in: Length: <span lang="vi">không quá 150 tiếng</span>.' in english
    assert '<th scope="col">Length</th>' in english and "Độ dài" not in english
    sheet = lan.get(f"{begun.location}/file")
    assert sheet.mimetype == "text/csv" and "thu-cau-lenh" in sheet.headers["Content-Disposition"]
    assert lan.get(f"{begun.location}/file?form=json").get_json()["results"]["version"] == 3
    config = lan.get(f"{begun.location}/file?form=yaml")
    assert config.mimetype == "application/yaml" and "apiBaseUrl: http://localhost/v1" in config.text
    assert client_of("minh").get(begun.location).status_code == 404
    trainer = client_of("thu").get(begun.location).text
    assert "Xóa lượt thử" not in trainer
    assert ["promptfoo" in text for text in (page, trainer)] == [False, True]


def test_settings_stand_side_by_side(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    attempt_id = answered(lan)
    form = {"kind": "settings", "repeated": "2", "temperature-1": "0.0", "temperature-2": "0.7", "temperature-3": ""}
    begun = lan.post(f"/attempts/{attempt_id}/experiments", data=form)
    assert begun.status_code == 303, begun.text
    while worker.run_once(seeded):
        pass
    page = lan.get(f"{begun.location}?again=1").text
    assert "Độ ngẫu nhiên 0,7" in page and page.count('<div class="machine-text">') == 2
    same = lan.post(f"/attempts/{attempt_id}/experiments", data=form | {"temperature-2": "0.0"})
    assert same.status_code == 400 and "thiết lập khác nhau" in same.text
    lan.post(f"{begun.location}/remove")
    assert lan.get(begun.location).status_code == 404


def test_a_model_that_cannot_be_opened_is_told_in_its_column(
    seeded: Kit, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded.settings.models.mkdir()
    (seeded.settings.models / "hong.gguf").write_bytes(b"GGUF" + bytes(80))
    monkeypatch.setattr(models, "find_model", lambda settings: next((HOME / "models").glob("*.gguf")))
    lan = client_of("lan")
    attempt_id = answered(lan)
    assert "hong (1 kB)" in lan.get(f"/attempts/{attempt_id}/experiments").text
    form = {"kind": "settings", "model-1": "", "temperature-1": "0.0", "model-2": "hong.gguf", "temperature-2": "0.0"}
    begun = lan.post(f"/attempts/{attempt_id}/experiments", data=form)
    while worker.run_once(seeded):
        pass
    own, broken = re.findall(r'<div class="machine-text">(.*?)</div></div>', lan.get(begun.location).text, re.DOTALL)
    assert "mô hình giả" in own and "Xã tiêm phòng" in own
    assert "hong, độ ngẫu nhiên 0" in broken and "Không đọc được tệp mô hình hong.gguf" in broken
    (seeded.settings.models / "hong.gguf").unlink()
    assert "hong.gguf, độ ngẫu nhiên 0" in lan.get(begun.location).text


def test_a_prompt_of_one_part_has_nothing_to_leave_out(seeded: Kit, client_of: ClientOf) -> None:
    lan = client_of("lan")
    attempt_id = answered(lan, "Tóm tắt.")
    assert "chưa có gì để bỏ thử" in lan.get(f"/attempts/{attempt_id}/experiments").text
    assert lan.post(f"/attempts/{attempt_id}/experiments", data={"kind": "parts"}).status_code == 400
