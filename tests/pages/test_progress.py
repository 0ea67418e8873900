"""The progress page, for oneself and read by the trainer."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from service.kit import Kit
from service.records import User

ClientOf = Callable[[str], FlaskClient]
SORTING = "/exercises/xep-the-duoc-khong-duoc"


def test_progress_of_ones_own_and_of_a_learner(seeded: Kit, client_of: ClientOf, people: dict[str, User]) -> None:
    lan, thu = client_of("lan"), client_of("thu")
    empty = lan.get("/progress").text
    assert "Bắt đầu với “Được hay không được đưa vào máy”" in empty
    assert "Nên xong trước:" in empty
    assert lan.post(f"{SORTING}/by-hand", data={"card-x1": "cong_khai"}).status_code == 303
    mine = lan.get("/progress").text
    assert "1 lần làm" in mine
    assert "còn" in mine
    path = f"/progress/{people['lan'].id}"
    read = thu.get(path).text
    assert "Tiến bộ của Lan." in read
    assert f'href="{SORTING}"' not in read
    assert path in thu.get("/manage/attempts").text
    assert [client_of(name).get(path).status_code for name in ("minh", "dung")] == [404, 404]
    assert lan.get(path).status_code == 200
