"""What a page of ours may load, run and send, as its Content-Security-Policy says."""

from urllib.parse import urlsplit

from bot.h5 import asking


def policy(*forms: str, scripts: str = "") -> str:
    """Return the policy of a page whose form may lead to other sites, too."""
    parts = asking.current().parts
    # Such a script says what was answered in WeChat, and a page tells us.
    connects = ("connect-src 'self'",) if scripts else ()
    said = (
        *connects,
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        f"script-src 'self' {scripts}".strip(),
        # Whoever sends a form and is not signed in is led on to WeChat, which a browser must allow.
        " ".join(("form-action 'self'", origin(parts.wechat.page), *forms)),
        f"frame-ancestors {parts.frames}",
    )
    return "; ".join(said)


def origin(address: str) -> str:
    """Return the site of an address, as a policy names it."""
    place = urlsplit(address)
    return f"{place.scheme}://{place.netloc}"
