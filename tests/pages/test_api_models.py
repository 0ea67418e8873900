"""``/v1/models`` and ``/v1/embeddings``."""

from __future__ import annotations

import base64
from dataclasses import replace

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient

from service import api, keys
from service.app import create_app
from service.kit import Kit
from service.records import User


@pytest.fixture
def headers(kit: Kit, people: dict[str, User]) -> dict[str, str]:
    return {"Authorization": f"Bearer {keys.create(kit, people['dung'], 'thử')[1]}"}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_the_list_names_what_can_be_asked(client: FlaskClient, headers: dict[str, str], kit: Kit) -> None:
    assert kit.embedder is not None
    told = client.get("/v1/models", headers=headers).get_json()
    ids = [one["id"] for one in told["data"]]
    assert ids == ["mo-hinh-gia-chi-de-thu", api.model_id(kit.embedder.name)]
    assert client.get(f"/v1/models/{ids[0]}", headers=headers).get_json()["id"] == ids[0]
    assert client.get("/v1/models/gpt-4o", headers=headers).status_code == 404
    assert client.get("/v1/models").status_code == 401


def test_a_conversation_is_counted_as_vllm_does(client: FlaskClient, headers: dict[str, str], kit: Kit) -> None:
    asked = {"messages": [{"role": "user", "content": "Soạn công văn"}]}
    told = client.post("/tokenize", json=asked, headers=headers).get_json()
    assert told == {"count": 3, "max_model_len": kit.engine.state().context}
    assert client.post("/tokenize", json={"messages": []}, headers=headers).status_code == 400
    assert client.post("/tokenize", json=asked).status_code == 401


@pytest.mark.parametrize(
    ("name", "written"), [("Mô hình nhỏ", "mo-hinh-nho"), ("Qwen3.5-2B", "qwen3.5-2b"), ("«»", "mo-hinh")]
)
def test_a_name_becomes_an_id(name: str, written: str) -> None:
    assert api.model_id(name) == written


def test_vectors_come_as_numbers_or_packed(client: FlaskClient, headers: dict[str, str], kit: Kit) -> None:
    assert kit.embedder is not None
    asked = {"input": ["Kế hoạch phòng dịch", "Giấy mời họp"]}
    plain = client.post("/v1/embeddings", json=asked, headers=headers).get_json()["data"]
    packed = client.post("/v1/embeddings", json=asked | {"encoding_format": "base64"}, headers=headers).get_json()
    for n, row in enumerate(kit.embedder.passages(asked["input"])):
        assert np.allclose(plain[n]["embedding"], row)
        assert np.array_equal(np.frombuffer(base64.b64decode(packed["data"][n]["embedding"]), "<f4"), row)


@pytest.mark.parametrize("given", [None, [], "  ", [1, 2], ["x"] * 300])
def test_what_cannot_be_embedded_is_told(client: FlaskClient, headers: dict[str, str], given: object) -> None:
    answer = client.post("/v1/embeddings", json={"input": given}, headers=headers)
    assert answer.status_code == 400
    assert answer.get_json()["error"]["type"] == "invalid_request_error"


def test_vectors_are_never_longer_or_shorter_than_asked(client: FlaskClient, headers: dict[str, str], kit: Kit) -> None:
    assert kit.embedder is not None
    answer = client.post("/v1/embeddings", json={"input": "x", "dimensions": 3}, headers=headers)
    assert (answer.status_code, answer.get_json()["error"]["param"]) == (400, "dimensions")
    asked = {"input": "x", "dimensions": kit.embedder.dim}
    assert client.post("/v1/embeddings", json=asked, headers=headers).status_code == 200


@pytest.mark.parametrize("address", ["/v1/chat/completions", "/v1/completions", "/v1/models/khong-co"])
def test_what_is_not_there_is_told_in_the_same_form(client: FlaskClient, headers: dict[str, str], address: str) -> None:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 404
    assert answer.get_json()["error"]["type"] == "not_found_error"
    assert client.get(address).status_code == 401


def test_without_an_embedding_model_it_says_so(kit: Kit, headers: dict[str, str]) -> None:
    bare = create_app(replace(kit, embedder=None)).test_client()
    answer = bare.post("/v1/embeddings", json={"input": "x"}, headers=headers)
    assert answer.status_code == 503
    assert answer.get_json()["error"]["code"] == "HV-MAY-NHUNG"
