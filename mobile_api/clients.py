"""Clients: an app that says what it is, and is too old, is told where the new one is."""

from flask import request

from mobile_api import asking
from mobile_api.editions import Platform, is_version, order
from mobile_api.problems import DoorError

PLATFORM, VERSION = "X-Platform", "X-App-Version"
META = "/api/v1/meta"  # tells an old app where the new one is


def demand_recent() -> None:
    """Refuse an app that is too old; who does not say what it is passes. Raises DoorError."""
    platform, version = request.headers.get(PLATFORM), request.headers.get(VERSION)
    if faults := [*_faults(platform, version)]:
        raise DoorError("bad_header", faults=faults)
    app = asking.current().parts.app
    if not platform or not version or app is None or request.path == META:
        return
    edition = app.platforms[Platform(platform)]
    if order(version) < order(edition.minimum):
        facts = {"minimum": edition.minimum, "store": edition.store}
        raise DoorError("app_too_old", facts=facts)


def _faults(platform: str | None, version: str | None) -> list[tuple[str, str]]:
    is_odd = {
        (PLATFORM, "platform"): platform is not None and platform not in set(Platform),
        (VERSION, "version"): version is not None and not is_version(version),
    }
    return [fault for fault, found in is_odd.items() if found]
