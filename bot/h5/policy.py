"""What a page of ours may load, run and send, as its Content-Security-Policy says."""

from bot.h5 import asking


def policy(*forms: str, scripts: str = "") -> str:
    """Return the policy of a page whose form may lead to other sites, too."""
    frames = asking.current().parts.frames
    parts = (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        f"script-src 'self' {scripts}".strip(),
        " ".join(("form-action 'self'", *forms)),
        f"frame-ancestors {frames}",
    )
    return "; ".join(parts)
