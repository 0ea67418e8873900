"""«Thể thức văn bản»: every rule once, by part, with an address of its own."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from service.nd30.rules import RULES


def test_every_rule_has_its_address_and_its_reason(client_of: Callable[[str], FlaskClient]) -> None:
    page = client_of("lan").get("/check/rules").text
    assert sorted(re.findall(r'<div id="(ND30-[\w]+)"', page)) == sorted(RULES)
    assert page.count("<dd>") == len(RULES)
    for linked in re.findall(r'href="#(phan-\d+)"', page):
        assert f'id="{linked}"' in page
    assert 'aria-current="page">Soi thể thức' in page
