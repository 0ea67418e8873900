"""How busy the model is: a page for trainers, and ``/metrics`` for Prometheus. Counts only, nothing of people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Blueprint, Response, render_template, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from service import jobs
from service.kit import Kit
from service.pages import guards
from service.records import Role

pages = Blueprint("engine", __name__)

COUNTERS: Mapping[str, str] = {
    "written_tokens": "Tokens written in answers",
    "hits": "Answers that found a part of their prompt in the cache",
    "waited_seconds": "Seconds from question to seat, all answers",
    "first_token_seconds": "Seconds from question to first token, all answers",
    "busy_seconds": "Seconds spent in llama_decode",
    "decodes": "Batches decoded",
    "failed_decodes": "Batches that had to be tried again",
    "rows": "Tokens in the decoded batches",
    "room": "Tokens that the decoded batches might have held",
    "guessed_tokens": "Tokens guessed from the prompt",
    "true_guesses": "Guessed tokens that came true",
    "shed_prompts": "Prompts given up for want of room",
    "loaded_prefixes": "Kept beginnings loaded from the disk",
}
GAUGES: Mapping[str, str] = {
    "seats": "Answers that can be written at the same time",
    "seats_busy": "Answers being written",
    "waiting": "Questions that wait",
    "cells": "Cells of the KV cache",
    "cells_used": "Cells that hold something",
    "pinned_prefixes": "Beginnings kept in the cache",
    "read_per_second": "Tokens read per second, moving average",
    "write_per_second": "Tokens written per second for one person, moving average",
    "last_wait_seconds": "Seconds until the last person who waits is expected to be read",
    "stalled_seconds": "Seconds for which the engine has been stuck",
}
HERE = ("127.0.0.1", "::1")
"""Whoever measures from this machine needs no sign-in; what came through a proxy is not from here."""


@pages.get("/manage/engine")
def figures() -> str:
    guards.role(Role.TRAINER)
    return render_template("engine/figures.html", figures=guards.kit().engine.figures())


@pages.get("/metrics")
def metrics() -> Response:
    """For Prometheus on this machine, and for trainers."""
    if request.remote_addr not in HERE or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        guards.role(Role.TRAINER)
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_Collector(guards.kit()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Collector:
    """Asked once for each scrape; the engine keeps the numbers."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def collect(self) -> Iterator[Metric]:
        seen = self._kit.engine.figures()
        answers = CounterMetricFamily("hocvu_engine_answers", "Answers, by how they ended", labels=["reason"])
        for reason, count in seen.answers.items():
            answers.add_metric([reason], count)
        yield answers
        prompts = CounterMetricFamily("hocvu_engine_prompt_tokens", "Tokens of prompts, by source", labels=["source"])
        prompts.add_metric(["read"], seen.prompt_tokens - seen.shared_tokens)
        prompts.add_metric(["shared"], seen.shared_tokens)
        yield prompts
        for name, about in COUNTERS.items():
            yield CounterMetricFamily(f"hocvu_engine_{name}", about, value=getattr(seen, name))
        for name, about in GAUGES.items():
            yield GaugeMetricFamily(f"hocvu_engine_{name}", about, value=getattr(seen, name))
        yield GaugeMetricFamily("hocvu_jobs_open", "Jobs waiting or running", value=jobs.open_count(self._kit.db))


@pages.app_template_global("share")
def share(part: float, whole: float) -> float:
    """0…1; 0 of nothing."""
    return part / whole if whole else 0.0
