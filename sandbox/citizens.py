"""The citizens with a phone: whom they follow, and how long the account may answer them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox import numbers
from sandbox.errors import Json, RefusalError
from sandbox.options import Options
from sandbox.register import Register

KNOWN = {"zhangsan": "张三", "lisi": "李四", "wangwu": "王五"}
AFTER_MESSAGE = (48 * 3600, 5)
AFTER_ACTION = (60, 3)
TYPING = 30
OPENID_TAIL = 23


def openid_of(name: str) -> str:
    """Make the openid of a citizen who is known from the start: 28 characters, like a real one."""
    return f"oKM_{name}_{1:0{max(1, OPENID_TAIL - len(name))}d}"


@dataclass
class Window:
    """How long, and how often, the account may still write."""

    until: float = 0
    left: int = 0


@dataclass
class Citizen:
    """One phone, and what the city's register knows of whoever holds it."""

    openid: str
    name: str
    number: str
    following: bool = False
    followed_at: int = 0
    spoke_at: float = float("-inf")
    after_message: Window = field(default_factory=Window)
    after_action: Window = field(default_factory=Window)
    chat: list[Json] = field(default_factory=list)


class Citizens:
    """All phones, by openid."""

    def __init__(self, options: Options, register: Register) -> None:
        self.options = options
        self.by_openid: dict[str, Citizen] = {}
        self.shown: list[Citizen] = []
        self._register = Register(None)  # nothing is new yet
        for name, title in KNOWN.items():
            self.add(openid_of(name), name=title)
        for kept in register.read():
            citizen = self.add(kept["openid"], name=kept["name"])
            citizen.number = kept.get("number", citizen.number)
            citizen.following, citizen.followed_at = kept["following"], kept["followed_at"]
        self._register = register

    def __iter__(self) -> Iterator[Citizen]:
        return iter(self.by_openid.values())

    def get(self, openid: object) -> Citizen | None:
        """Find a citizen, if there is one."""
        return self.by_openid.get(openid) if isinstance(openid, str) else None

    def known(self, openid: object) -> Citizen:
        """Find a citizen, or refuse as WeChat does."""
        citizen = self.get(openid)
        if citizen is None:
            raise RefusalError(40003)
        return citizen

    def add(self, openid: str, *, name: str = "", born: str | None = None) -> Citizen:
        """Find a citizen, or give a new one a phone; only those with a name are on the page."""
        if openid not in self.by_openid:
            number = numbers.of(openid, born)
            self.by_openid[openid] = Citizen(openid, name or openid, number)
            if name:
                self.shown.append(self.by_openid[openid])
                self._note(self.by_openid[openid])
        return self.by_openid[openid]

    def follow(self, citizen: Citizen) -> None:
        """Let the citizen follow the account."""
        if not citizen.following:
            citizen.following, citizen.followed_at = True, int(self.options.now())
            self._note(citizen)

    def leave(self, citizen: Citizen) -> None:
        """Let the citizen stop following: no window stays open."""
        citizen.following = False
        citizen.after_message, citizen.after_action = Window(), Window()
        self._note(citizen)

    def spoke(self, citizen: Citizen) -> None:
        """Open the long window: the citizen has written."""
        citizen.spoke_at = self.options.now()
        citizen.after_message = self._window(*AFTER_MESSAGE)

    def acted(self, citizen: Citizen) -> None:
        """Open the short window: the citizen has tapped, scanned or followed."""
        citizen.spoke_at = self.options.now()
        citizen.after_action = self._window(*AFTER_ACTION)

    def spend(self, citizen: Citizen) -> None:
        """Take one message off an open window, or refuse."""
        now = self.options.now()
        windows = (citizen.after_action, citizen.after_message)
        running = [window for window in windows if now < window.until]
        if not citizen.following or not running:
            raise RefusalError(45015)
        for window in running:
            if window.left:
                window.left -= 1
                return
        raise RefusalError(45047)

    def typing(self, citizen: Citizen) -> None:
        """Refuse the typing sign where nobody has just spoken."""
        if not citizen.following or self.options.now() - citizen.spoke_at > TYPING:
            raise RefusalError(45080)

    def _note(self, citizen: Citizen) -> None:
        stands = {"following": citizen.following, "followed_at": citizen.followed_at}
        name = citizen.name if citizen in self.shown else ""
        who = {"openid": citizen.openid, "name": name, "number": citizen.number}
        self._register.note({**who, **stands})

    def _window(self, seconds: int, messages: int) -> Window:
        return Window(self.options.now() + self.options.paced(seconds), messages)
