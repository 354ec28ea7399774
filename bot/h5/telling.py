"""How I want to be told (提醒设置): by which ways, when, how often, and of which campaigns."""

from dataclasses import replace
from datetime import time
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, belonging, guard, shown, subscribing
from bot.h5.asking import Caller
from bot.h5.policy import origin, policy
from core import interests
from core.db import Reading, Writing
from core.installations import Locale
from core.preferences import choices
from core.preferences.choices import Preferences
from core.preferences.kinds import BY_SMS, MANDATORY, NoticeKind, Outlet

_HOURS = tuple(f"{hour:02}:00" for hour in range(24))
_MOST = (1, 3, 5, 10)


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""

    @blueprint.get("/me/settings")
    @guard.citizen()
    def settings(who: Caller) -> Response:
        with Reading() as session:
            held = choices.of_account(session, who.account_id)
        rows = [(kind, kind in MANDATORY, _outlets(held, kind)) for kind in NoticeKind]
        given: dict[str, Any] = {"hours": _HOURS, "most": _MOST, "languages": list(Locale)}
        given |= belonging.offered(who.account_id)
        given |= {"is_saved": request.args.get("done") == "yes", "wx": subscribing.offered()}
        response = shown.show("settings.html", held=held, rows=rows, **given)
        if given["wx"]:  # the one script from elsewhere, as WeChat's rules want it
            scripts = origin(given["wx"]["sdk"])
            response.headers["Content-Security-Policy"] = policy(scripts=scripts)
        return response

    @blueprint.post("/me/settings")
    @guard.citizen()
    def save_settings(who: Caller) -> AnyResponse:
        with Writing() as session:
            held = choices.locked(session, who.account_id)
            wanted = replace(_wanted(), large_type=held.large_type)
            choices.change(session, who.account_id, wanted, now=asking.current().now)
            interests.change(session, who.account_id, belonging.wanted())
        return redirect(url_for("h5.settings", done="yes"), 303)

    @blueprint.post("/me/settings/subscribed")
    @guard.citizen()
    def subscribed(who: Caller) -> AnyResponse:
        subscribing.hint(who.account_id, request.form.getlist("template"))
        return Response(status=204)


def _outlets(held: Preferences, kind: NoticeKind) -> list[tuple[Outlet, bool]]:
    offered = [one for one in Outlet if one is not Outlet.SMS or kind in BY_SMS]
    return [(one, held.wants(kind, one)) for one in offered]


def _wanted() -> Preferences:
    given = request.form
    first, last = (_hour(given.get(name)) for name in ("quiet_from", "quiet_until"))
    is_quiet = first is not None and last is not None
    most = given.get("daily_most", type=int)
    language = given.get("language")
    return Preferences(
        language=Locale(language) if language in set(Locale) else Locale.ZH,
        quiet_from=first if is_quiet else None,
        quiet_until=last if is_quiet else None,
        daily_most=most if most in _MOST else None,
        digest=given.get("digest") == "yes",
        choices={
            (kind, outlet): f"{kind.value}.{outlet.value}" in given
            for kind in NoticeKind
            for outlet in Outlet
            if outlet is not Outlet.SMS or kind in BY_SMS
        },
    )


def _hour(text: str | None) -> time | None:
    return time.fromisoformat(text) if text in _HOURS else None
