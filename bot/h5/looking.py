"""How somebody likes to read: Chinese or English, large type or not. Kept in a cookie."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from bot.h5 import asking, cookies, guard, places, words


def add_to(blueprint: Blueprint) -> None:
    """Add this to the other pages."""

    @blueprint.post("/look")
    @guard.anyone()
    def look() -> Response:
        here, given = asking.current(), request.form
        language = given.get("language", here.language)
        chosen = [language if language in words.LANGUAGES else here.language]
        is_large = given.get("type", "large" if here.is_large else "") == "large"
        response = redirect(places.local(given.get("next")), 303)
        value = ".".join(chosen + ["large"] * is_large)
        cookies.set_look(response, value, secure=here.parts.secure)  # type: ignore[arg-type]
        return response
