"""How a citizen wants to be spoken to, as Redis carries it beside the talk."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """The language of answers, and whether pages are to be set in larger type."""

    language: str = "zh"
    is_large: bool = False

    def asked(self) -> str:
        """Return it as the query of an address, for the pages."""
        said = ["type=large"] * self.is_large + ["language=en"] * (self.language == "en")
        return "?" + "&".join(said) if said else ""

    def written(self) -> str:
        """Return it as a short text."""
        return f"{self.language},{int(self.is_large)}"


PLAIN = Wish()


def read(held: bytes | None) -> Wish:
    """Read a wish; whatever we do not know is none."""
    language, _, large = (held or b"").decode().partition(",")
    return Wish(language, large == "1") if language in {"zh", "en"} else PLAIN
