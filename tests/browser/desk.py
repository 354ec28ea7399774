"""Somebody of the staff at a browser: signs in as people do, and looks at every page twice.

Each look is a picture under `artefacts/screens/` and a check by axe-core: nothing serious or
critical may stand in the way of whoever cannot see, or has no mouse.
"""

import time
from dataclasses import dataclass
from pathlib import Path

import pyotp
from playwright.sync_api import Page, expect

from config.launch import client
from config.settings import ROOT

SCREENS = ROOT / "artefacts" / "screens"
PASSWORD = "a password of tests, long enough"
_AXE = client.FOLDER / "node_modules" / "axe-core" / "axe.min.js"
_GRAVE = {"serious", "critical"}
PATIENCE = 30_000.0  # a slow machine has not failed


@dataclass(frozen=True)
class Hired:
    """A member of the staff, as only a test knows one: with the secret of the second factor."""

    login: str
    secret: str

    def code(self):
        return pyotp.TOTP(self.secret).now()


def look(page: Page, name: str) -> None:
    """Keep a picture of a page, and let axe-core judge it."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
    page.evaluate(_axe())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    grave = [
        (one["id"], one["help"], [node["html"][:200] for node in one["nodes"]][:3])
        for one in found["violations"]
        if one["impact"] in _GRAVE
    ]
    assert not grave, f"{name}: {grave}"


def _axe() -> str:
    return Path(_AXE).read_text(encoding="utf-8")


@dataclass
class Desk:
    """One browser of one member, signed in."""

    page: Page
    base: str

    def enter(self, who: Hired) -> "Desk":
        self.page.goto(f"{self.base}/console/")
        expect(self.page.get_by_role("heading", name="登录工作台")).to_be_visible()
        self.page.get_by_label("登录名").fill(who.login)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_label("动态码").fill(who.code())
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("button", name="退出")).to_be_visible()
        return self

    def open_case(self, code: str) -> None:
        """Find a case by its receipt code, as it is written on the receipt."""
        self.page.goto(f"{self.base}/console/cases/")
        self.page.get_by_role("searchbox", name="受理编号").fill(code)
        self.page.get_by_role("button", name="查找").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("：")

    def take(self, step: str, **typed: str) -> None:
        """Open a step of the case and submit its form, filled in."""
        form = self.page.locator(f"form[action$='/{step}']")
        box = self.page.locator("details.step", has=form)
        if box.get_attribute("open") is None:
            box.locator("summary").first.click()
        if outcome := typed.get("outcome"):
            form.locator(f"input[name=outcome][value={outcome}]").check()
        if reason := typed.get("reason"):
            form.locator(f"input[name=reasons][value={reason}]").first.check()
        if remedy := typed.get("remedy"):
            form.locator("select[name=remedy]").select_option(remedy)
        if text := typed.get("text"):
            form.locator("textarea[name=text]").fill(text)
        form.get_by_role("button").last.click()
        expect(self.page.locator("p.told")).to_be_visible()


def until(check, *, within=60.0):
    """Wait for a fact; fail when it never comes."""
    end = time.monotonic() + within
    while not (found := check()):
        assert time.monotonic() < end, check
        time.sleep(0.1)
    return found
