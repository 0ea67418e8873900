"""How well a model does the work of the exercises; the measure itself lives beside the training.

The figures of ``reserved``, ``free`` and ``no_grounding`` are shares (0 … 1), ``full_over_vague`` points of 100,
``loops`` a count; ``samples`` shows twenty answers as they were written.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from service.bench import Figure, json_option, show
from service.errors import BadInput
from service.kit import bundled
from service.settings import HOME

AIMS = {"format": 0.95, "facts": 0.8, "obedience": 0.75, "unanswerable": 0.9, "citations": 0.9, "syllables": 0.995}
MOST_INVENTED = 0.03
POINTS = 25
SPEED = 300
"""Tokens per second for one person, on two cores."""
NAMES = {
    "format": "đúng thể thức",
    "facts": "dữ kiện đúng chỗ",
    "invented": "chi tiết không có trong nguồn",
    "obedience": "theo đúng yêu cầu",
    "unanswerable": "nhận là tài liệu không có",
    "citations": "dẫn đúng đoạn",
    "full_over_vague": "câu lệnh đủ hơn câu lệnh chung",
    "syllables": "tiếng Việt có thật",
    "loops": "bài bị lặp",
}
GROUPS = {"reserved": "để riêng", "free": "viết tự do", "no_grounding": "không bám nguồn"}


@click.command("model")
@click.option(
    "--model", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Tệp GGUF; không ghi: mô hình đi kèm."
)
@click.option("--briefs", type=click.IntRange(10, 2000), default=300, show_default=True, help="Số yêu cầu để riêng.")
@json_option
def command(model: Path | None, briefs: int, as_json: bool) -> None:
    """Chấm một mô hình: soạn thảo, hỏi đáp, tóm tắt, lập bảng; trên yêu cầu để riêng và yêu cầu viết tay."""
    sys.path.append(str(HOME))  # the training lies beside the program in a checkout and is never installed
    try:
        from training.evaluation.bench import bench
    except ModuleNotFoundError as error:
        if error.name != "training":
            raise
        raise BadInput("Bản cài này không kèm thư mục training nên chưa chấm được mô hình.") from None
    report = bench(model or HOME / "models" / bundled()["file"], briefs=briefs)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    show("model", figures(report), False)


def figures(report: dict[str, Any]) -> list[Figure]:
    """The report as lines with their aims."""
    found = []
    for group, group_name in GROUPS.items():
        for key, name in NAMES.items():
            value = (report.get(group) or {}).get(key)
            if value is None:
                continue
            if key == "invented":
                aim, at_least = MOST_INVENTED, False
            elif key == "loops":
                aim, at_least = 0.0, False
            else:
                aim, at_least = POINTS if key == "full_over_vague" else AIMS[key], True
            found.append(Figure(f"{group_name}: {name}", float(value), aim=aim, at_least=at_least))
    found.append(Figure("một người", report["tokens_per_s_one"], "đơn vị chữ/giây", SPEED, at_least=True))
    found.append(Figure("16 người cùng lúc", report["tokens_per_s_sixteen"], "đơn vị chữ/giây"))
    return found
