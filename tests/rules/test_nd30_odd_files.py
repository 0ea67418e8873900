"""Genuine letters read one by one, and documents whose parts are doubled, lost, turned round or bare of styles."""

from __future__ import annotations

import copy
import io
import re
import unicodedata
import zipfile

import pytest

from service.form import check_words, text_of
from service.nd30.laid_out import check_layout, kind_of
from service.nd30.outline import outline
from service.parsers import parse
from service.parsers.layout import read_layout
from service.settings import HOME
from tests.rules.nd30_papers import clean, paper

GENUINE = HOME.parent / "shared" / "data" / "real_files"
LETTERS = {  # what a clerk who knows the decree would say of each, and nothing else
    "01_Cong_Van_Den_Bo_GDDT": ("cong_van", {"ND30-35", "ND30-62", "ND30-69"}),
    "02_Quyet_Dinh_UBND_Ha_Noi": ("quyet_dinh", {"ND30-35", "ND30-66"}),
    "03_Thong_Bao_Tap_Doan_VNPT": ("thong_bao", {"ND30-35", "ND30-45", "ND30-62"}),
    "04_To_Trinh_Dai_Hoc_Quoc_Gia": ("to_trinh", {"ND30-35", "ND30-75"}),
    "05_Giay_Moi_Hoi_Thao_Cong_Nghe_ABC": ("giay_moi", {"ND30-35", "ND30-45"}),
}


@pytest.mark.skipif(not GENUINE.exists(), reason="tệp thật không nằm cạnh thư mục này (../shared/data)")
@pytest.mark.parametrize("name", LETTERS)
def test_a_genuine_letter_is_told_its_slips_and_nothing_else(name: str) -> None:
    text = text_of(parse(GENUINE / f"{name}.pdf", ".pdf", apart=False))
    kind, rules = LETTERS[name]
    told = outline(text).kind
    assert told is not None and told.id == kind
    assert {finding.rule for finding in check_words(text, kind, "issued")} == rules


_NAMING_STYLES = re.compile(rb'<Relationship [^>]*/styles"[^>]*/>|<Override PartName="/word/styles.xml"[^>]*/>')


def rules_of(data: bytes) -> set[str]:
    layout = read_layout(data)
    assert kind_of(layout) == "bao_cao"
    return {finding.rule for finding in check_layout(layout, mode="issued")}


@pytest.mark.parametrize(("table", "said"), [(0, "Quốc hiệu ghi lặp lại."), (-1, "Nơi nhận ghi lặp lại.")])
def test_a_head_or_foot_that_stands_twice_is_told(table: int, said: str) -> None:
    held = paper("bao_cao")
    once = held.document.tables[table]._tbl
    once.addnext(copy.deepcopy(once))
    layout = read_layout(held.bytes)
    assert kind_of(layout) == "bao_cao"
    assert said in {finding.title for finding in check_layout(layout, mode="issued")}


@pytest.mark.parametrize("table", [0, -1])
def test_a_lost_head_or_foot_is_one_finding(table: int) -> None:
    held = paper("bao_cao")
    lost = held.document.tables[table]._tbl
    lost.getparent().remove(lost)
    assert rules_of(held.bytes) == {"ND30-84"}


def test_a_document_turned_round_is_none() -> None:
    held = paper("bao_cao")
    body = held.document.element.body
    for part in list(body)[:-1]:
        body.insert(0, part)
    assert kind_of(read_layout(held.bytes)) is None


def test_decomposed_letters_are_the_only_fault_of_a_document_in_them() -> None:
    held = paper("bao_cao")
    for line in held.paragraphs():
        for run in line.runs:
            run.text = unicodedata.normalize("NFD", run.text)
    assert rules_of(held.bytes) == {"ND30-08"}


def test_without_styles_everything_is_read_and_judged_by_what_is_left() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(clean("bao_cao"))) as source, zipfile.ZipFile(made, "w") as bare:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/styles.xml":
                continue
            bare.writestr(name, _NAMING_STYLES.sub(b"", content))
    assert rules_of(made.getvalue()) >= {"ND30-12", "ND30-14", "ND30-18"}
