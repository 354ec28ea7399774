"""An invitation (邀请): whoever holds the link sets a password and ties a telephone to it."""

import segno
from flask import Blueprint, Response, request
from markupsafe import Markup

from console import asking, guard, problems, shown
from console.pages import Page
from core.db import Reading, Writing
from core.staff import invitations, passwords
from core.staff.errors import FactorRefusedError, PasswordRefusedError
from core.staff.invitations import Welcome

blueprint = Blueprint("invitation", __name__, url_prefix="/invitation")
PAGE = Page(blueprint)
_AGAIN = "两次输入的密码不一样。"


@blueprint.get("/<code>")
@guard.anyone()
def look(code: str) -> Response:
    """Show whom the invitation is for, and what the telephone has to scan."""
    return _form(200, _welcome(code), {})


@blueprint.post("/<code>")
@guard.anyone()
def accept(code: str) -> Response:
    """Let a member in from now on; how to sign in, the page says."""
    welcome = _welcome(code)
    if wrong := _accepted(code, welcome):
        return _form(422, welcome, wrong)
    return shown.show("invitation_accepted.html", login=welcome.login)


def _welcome(code: str) -> Welcome:
    here = asking.current()
    with Reading() as session:
        return invitations.look(session, here.parts.vault, code, now=here.now)


def _accepted(code: str, welcome: Welcome) -> dict[str, str]:
    """Accept an invitation; return what is wrong with which field."""
    here, form = asking.current(), request.form
    if form.get("password") != form.get("again"):
        return {"again": _AGAIN}
    try:
        # No session is open meanwhile: it takes a while.
        kept = passwords.new(form.get("password", ""), login=welcome.login)
        with Writing() as session:
            invitations.accept(
                session,
                here.parts.vault,
                code,
                password=kept,
                factor=form.get("code", ""),
                now=here.now,
            )
    except PasswordRefusedError as refusal:
        return {"password": problems.sentence(refusal)}
    except FactorRefusedError as refusal:
        return {"code": problems.sentence(refusal)}
    return {}


def _form(status: int, welcome: Welcome, wrong: dict[str, str]) -> Response:
    secret = welcome.secret
    return shown.show(
        "invitation.html",
        status,
        welcome=welcome,
        picture=_picture(welcome.address),
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        wrong=wrong,
    )


def _picture(address: str) -> Markup:
    """Draw the QR code as SVG, of which nothing comes from outside but the address it encodes."""
    made = segno.make(address, error="m", micro=False)
    return Markup(made.svg_inline(scale=5, dark="#000", light="#fff", title="二维码"))  # noqa: S704
