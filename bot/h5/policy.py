"""What a page of ours may load, run and send, as its Content-Security-Policy says."""

from bot.h5 import asking


def policy(*forms: str, scripts: str = "") -> str:
    """Return the policy of a page whose form may lead to other sites, too."""
    frames = asking.current().parts.frames
    # Such a script says what was answered in WeChat, and a page tells us.
    connects = ("connect-src 'self'",) if scripts else ()
    parts = (
        *connects,
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        f"script-src 'self' {scripts}".strip(),
        " ".join(("form-action 'self'", *forms)),
        f"frame-ancestors {frames}",
    )
    return "; ".join(parts)
