"""People of the soak who work in a real Chromium: they run, watch, reload, stop and close tabs, as hands do."""

from __future__ import annotations

import random
import re
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, TimeoutError as TooLate, expect, sync_playwright

from tests.long.visitors import PATIENCE, password_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_WAIT = PATIENCE * 1000
_WHOLE = (
    5 * _WAIT
)  # an answer with its turn in the queue; that no stream falls silent is what the other people listen for


@dataclass
class Watcher:
    """One person with a browser of her own; ``wrong`` holds what the browser complained about."""

    url: str
    name: str
    seed: int
    deeds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def work(self, exercises: tuple[str, ...], until: float, think: float, over: threading.Event) -> None:
        """Deed after deed until the time is up or somebody failed. A browser belongs to the thread that opened it."""
        dice = random.Random(f"{self.seed} {self.name}")  # noqa: S311 - reproducible, not secret
        try:
            with self._signed_in() as page:
                while not over.wait(dice.expovariate(1 / think)) and time.monotonic() < until:
                    deed = dice.choice(("run", "run", "reload", "stop", "close"))
                    self.deeds[deed] += 1
                    page = self._do(page, deed, dice.choice(exercises), dice)
            assert not self.wrong, f"{self.name}'s browser says: {self.wrong}"
        except BaseException:
            over.set()
            raise

    @contextmanager
    def _signed_in(self) -> Iterator[Page]:
        with sync_playwright() as playwright:
            browser: Browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
            context.set_default_timeout(_WAIT)
            context.set_default_navigation_timeout(_WAIT)
            context.on("weberror", lambda error: self.wrong.append(str(error.error)))
            page = context.new_page()
            page.goto(f"{self.url}/login")
            page.fill("input[name=name]", self.name)
            page.fill("input[name=password]", password_of(self.name))
            page.get_by_role("button", name="Đăng nhập").click()
            page.wait_for_url(f"{self.url}/")
            yield page
            browser.close()

    def _do(self, page: Page, deed: str, exercise: str, dice: random.Random) -> Page:
        page.goto(f"{self.url}/exercises/{exercise}")
        page.fill("#chu", f"Tóm tắt cho lãnh đạo xã, không quá {dice.randint(30, 200)} tiếng, nêu việc và hạn.")
        page.keyboard.press("Control+Enter")
        page.wait_for_url(re.compile(r"/attempts/\d+"))
        if deed == "reload":
            page.reload()
        elif deed == "stop":
            with suppress(TooLate):  # the answer may be there before the hand is at the button
                page.locator("[data-stop] button:visible").first.click(timeout=2000)
        elif deed == "close":
            fresh = page.context.new_page()
            page.close()
            return fresh
        expect(page.locator("[data-stream]")).to_have_count(0, timeout=_WHOLE)
        expect(page.get_by_role("region", name=re.compile("^Kết quả lần"))).to_be_visible(timeout=_WAIT)
        return page
