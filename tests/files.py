"""Files made on the spot: small, honest PDFs with Vietnamese text, Word files, and a tiny embedding model."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import numpy as np
from docx.document import Document

from service.settings import go_offline


def word_file(fill: Callable[[Document], object]) -> bytes:
    """A .docx as ``fill`` writes it."""
    document = docx.Document()
    fill(document)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def pdf_file(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF whose pages hold these lines: one Type 0 font, code = code point, with the table a reader needs."""
    letters = sorted({ord(letter) for page in pages for line in page for letter in line})
    table = "\n".join(f"<{letter:04X}> <{letter:04X}>" for letter in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{table}\nendbfchar endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H"
        " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Times /DW 500"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        " /FontDescriptor << /Type /FontDescriptor /FontName /Times /Flags 4 >> >>",
        _stream(cmap),
    ]
    for n, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        shown = "".join(f"<{''.join(f'{ord(letter):04X}' for letter in line)}> Tj 0 -16 Td\n" for line in page)
        objects.append(_stream(f"BT /F1 13 Tf 85 780 Td\n{shown}ET"))
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}"
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + (tail + trailer).encode("latin-1")


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def save_tiny_embedder(folder: Path) -> Path:
    """A static table of eight words in half precision, with prefixes in its configuration; saved by the library."""
    go_offline()
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = ("hồ", "sơ", "đất", "đai", "tiêm", "phòng", "query:", "passage:")
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, **{word: n for n, word in enumerate(words, 1)}}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    weights = np.random.default_rng(7).normal(size=(len(words) + 1, 16)).astype(np.float32)
    weights[[0, -2, -1]] = 0
    weights[-2, 0] = weights[-1, 1] = 0.01
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    model = SentenceTransformer(modules=[module], device="cpu", prompts={"query": "query: ", "document": "passage: "})
    model.to(torch.float16).save(str(folder), create_model_card=False)
    return folder
