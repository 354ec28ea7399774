"""A citizen at the sandbox's phone: chats, taps the menu, and walks our pages inside the phone."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.desk import PATIENCE, SCREENS, look

SIZE = {"width": 375, "height": 812}


@dataclass
class Phone:
    """One browser that shows the phone; `page` is the whole, `web` what is opened inside it."""

    page: Page
    sandbox: str
    base: str

    @classmethod
    def of(cls, chromium: Any, service: Any, **options: Any) -> "Phone":
        context = chromium.new_context(locale="zh-CN", viewport=SIZE, **options)
        context.set_default_timeout(PATIENCE)
        return cls(context.new_page(), service.sandbox, service.environ["PUBLIC_URL"])

    @property
    def web(self):
        return self.page.frame_locator("#page-frame")

    def take_up(self, name: str) -> "Phone":
        """Open the phone of a citizen who does not follow yet, and follow the account."""
        self.page.goto(self.sandbox)
        self.page.locator("#citizen").select_option(label=name)
        self.page.get_by_role("button", name="关注公众号").click()
        expect(self.page.locator("#menu .menu-head").first).to_be_visible()
        return self

    def tap(self, group: str, entry: str) -> None:
        """Open a page from the menu of the chat."""
        self.press(group, entry)
        expect(self.page.locator("#page")).to_be_visible()

    def press(self, group: str, entry: str) -> None:
        """Tap an entry of the menu."""
        self.page.locator(".menu-head", has_text=group).click()
        self.page.locator(".menu-list").get_by_role("button", name=entry, exact=True).click()

    def close(self) -> None:
        """Go back from a page to the chat."""
        self.page.locator("#page-close").click()

    def scan(self, content: str, name: str) -> None:
        """Hold the camera to a code, once the phone asks for what it says."""
        asked = self.page.get_by_role("dialog", name="扫一扫")
        asked.get_by_label("码的内容").fill(content)
        look(self.page, name)
        asked.get_by_role("button", name="扫码").click()

    def hears(self, text: str) -> None:
        """Wait for an answer of the account."""
        expect(self.page.locator(".theirs").last).to_contain_text(text)

    def title(self, text: str) -> None:
        expect(self.web.get_by_role("heading", level=1)).to_contain_text(text)

    def go(self, place: str, name: str, status: int = 200) -> None:
        """Open a page of ours by itself, look at it at each size, and see that nothing is cut."""
        reply = self.page.goto(f"{self.base}{place}")
        assert reply is not None
        assert reply.status == status, (place, reply.status)
        expect(self.page.get_by_role("heading", level=1).first).to_be_visible()
        fits(self.page, place)
        look(self.page, f"手机-{name}")
        self.page.evaluate("document.documentElement.style.fontSize = '25.5px'")
        fits(self.page, place)
        look(self.page, f"手机-{name}-大字")
        self.page.evaluate("document.documentElement.style.fontSize = '30px'")
        fits(self.page, place)

    def like(self, look: str) -> None:
        """Read in a language and a size from now on."""
        cookie = {"name": "h5-look", "value": look, "url": self.base}
        self.page.context.add_cookies([cookie])

    def pass_by(self, place: str, name: str, *, judged: bool = False) -> None:
        """Open a page as it is read by others, and see that nothing is cut; axe-core may judge."""
        reply = self.page.goto(f"{self.base}{place}")
        assert reply is not None
        assert reply.ok, (place, reply.status)
        fits(self.page, place)
        if judged:
            look(self.page, f"手机-{name}")
            return
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"手机-{name}.png", full_page=True)


def fits(page: Page, place: str) -> None:
    """Nothing sticks out sideways, and whatever is tapped is large enough."""
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZE["width"], place
    small = page.evaluate(
        """[...document.querySelectorAll('button, .weui-btn, select, .row, .tabs a')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 48)
        .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert small == [], (place, small)
