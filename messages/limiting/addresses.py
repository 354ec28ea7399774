"""Addresses: whose an address is, as far as a budget is concerned."""

import ipaddress

_SITE = 64  # the bits of an IPv6 address that are one household's or one phone's


def counted(given: str | None) -> str:
    """Return what to count a request from an address against: of IPv6 the whole network."""
    try:
        address = ipaddress.ip_address(given or "")
    except ValueError:  # a socket of this machine has none
        return given or ""
    if address.version == 4:  # noqa: PLR2004
        return str(address)
    return str(ipaddress.ip_network((address, _SITE), strict=False))
