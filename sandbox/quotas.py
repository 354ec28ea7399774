"""How often each interface may be called in a day."""

from collections import Counter

from sandbox.days import day, month
from sandbox.errors import Json, RefusalError
from sandbox.options import Options

DAILY = {
    "/cgi-bin/token": 2000,
    "/cgi-bin/stable_token": 500_000,
    "/cgi-bin/message/template/send": 100_000,
    "/cgi-bin/message/custom/send": 500_000,
    "/cgi-bin/message/subscribe/bizsend": 100_000,
    "/cgi-bin/message/custom/typing": 500_000,
    "/cgi-bin/message/mass/send": 100,
    "/cgi-bin/message/mass/sendall": 100,
    "/cgi-bin/message/mass/preview": 100,
    "/cgi-bin/message/mass/get": 1000,
    "/cgi-bin/media/uploadimg": 100_000,
    "/cgi-bin/material/add_material": 100_000,
    "/cgi-bin/draft/add": 1000,
    "/cgi-bin/draft/get": 500,
    "/cgi-bin/draft/delete": 1000,
    "/cgi-bin/menu/create": 1000,
    "/cgi-bin/menu/delete": 1000,
    "/cgi-bin/menu/get": 10_000,
    "/cgi-bin/user/get": 500,
    "/cgi-bin/qrcode/create": 100_000,
    "/cgi-bin/user/info": 5_000_000,
    "/cgi-bin/getcallbackip": 100_000,
    "/cgi-bin/get_api_domain_ip": 100_000,
}
CLEARS_A_MONTH = 10


class Quotas:
    """The counters, which start anew with every day."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.daily = dict(DAILY)
        self.used: Counter[str] = Counter()
        self.today = day(options)
        self.clears: Counter[tuple[int, int]] = Counter()

    def spend(self, path: str) -> None:
        """Count one call, or refuse it."""
        self._turn_page()
        if path in self.daily and self.used[path] >= self.daily[path]:
            raise RefusalError(45009)
        self.used[path] += 1

    def state(self, path: str) -> Json:
        """Say how much of a day's calls is used."""
        self._turn_page()
        if path not in self.daily:
            raise RefusalError(76021)
        limit, used = self.daily[path], self.used[path]
        return {"daily_limit": limit, "used": used, "remain": max(0, limit - used)}

    def clear(self) -> None:
        """Give all calls of the day back, ten times a month."""
        this_month = month(self.options)
        if self.clears[this_month] >= CLEARS_A_MONTH:
            raise RefusalError(48006)
        self.clears[this_month] += 1
        self.used.clear()

    def _turn_page(self) -> None:
        today = day(self.options)
        if today != self.today:
            self.today = today
            self.used.clear()
