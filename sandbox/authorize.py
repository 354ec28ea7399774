"""The page on which a citizen says who they are, and where it sends them back."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from flask import Request, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sandbox.citizens import Citizen, openid_of
from sandbox.provider import Provider, Wanted

COOKIE = "sandbox-identity"
USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


class UnsafeError(Exception):
    """The client or its address is not known: nobody is sent there."""


class BackError(Exception):
    """The client asks wrongly; it is told so at its own address (RFC 6749, 4.1.2.1)."""


@dataclass(frozen=True)
class Asked:
    """What came in the address of the page."""

    wanted: Wanted
    state: str
    max_age: int | None
    prompt: str

    def back(self, **answer: str) -> Response:
        """Send the browser back to the client."""
        said = answer | ({"state": self.state} if self.state else {})
        mark = "&" if "?" in self.wanted.redirect else "?"
        target = f"{self.wanted.redirect}{mark}{urlencode(said)}"
        return make_response(redirect(target, code=303))


def page(provider: Provider) -> ResponseReturnValue:
    """Answer the page: ask who it is, unless that is known and may be taken for granted."""
    asked = read(provider, request)
    try:
        check(asked, request)
    except BackError as error:
        return asked.back(error=str(error))
    if request.method == "POST":
        return chosen(provider, asked)
    login = provider.logged_in(request.cookies.get(COOKIE, ""), asked.max_age)
    if login and asked.prompt != "login":
        return asked.back(code=provider.code(login, asked.wanted))
    if asked.prompt == "none":
        return asked.back(error="login_required")
    return shown(provider, asked)


def read(provider: Provider, request: Request) -> Asked:
    """Read what is asked, as far as somebody can be sent back. Raises UnsafeError."""
    options, given = provider.world.options, request.args
    redirect_uri = given.get("redirect_uri", "")
    if given.get("client_id") != options.identity_client:
        raise UnsafeError("没有登记这个应用（client_id）")
    if not redirect_uri.startswith(f"{options.public_url}/"):
        raise UnsafeError("没有登记这个返回地址（redirect_uri）")
    challenge, nonce = given.get("code_challenge", ""), given.get("nonce", "")
    wanted = Wanted(options.identity_client, redirect_uri, challenge, nonce)
    max_age = given.get("max_age", type=int)
    return Asked(wanted, given.get("state", ""), max_age, given.get("prompt", ""))


def check(asked: Asked, request: Request) -> None:
    """Refuse whatever is not the flow that we have: code and PKCE with S256. Raises BackError."""
    given = request.args
    if given.get("response_type") != "code":
        raise BackError("unsupported_response_type")
    if "openid" not in given.get("scope", "").split():
        raise BackError("invalid_scope")
    is_s256 = given.get("code_challenge_method") == "S256"
    if not is_s256 or not CHALLENGE.fullmatch(asked.wanted.challenge):
        raise BackError("invalid_request")


def shown(provider: Provider, asked: Asked, fault: str = "") -> Response:
    """Show the page. After it is sent, the browser may go to the client's own site."""
    target = urlsplit(asked.wanted.redirect)
    response = make_response(
        render_template(
            "authorize.html",
            citizens=list(provider.world.citizens.shown),
            form=request.form,
            fault=fault,
            site=target.netloc,
        )
    )
    policy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
    policy += f"frame-ancestors 'self'; form-action 'self' {target.scheme}://{target.netloc}"
    response.headers["Content-Security-Policy"] = policy
    return response


def chosen(provider: Provider, asked: Asked) -> Response:
    """Log in whoever was chosen, and send them back with a code."""
    form = request.form
    if "cancel" in form:
        return asked.back(error="access_denied")
    citizen = found(provider, form.get("citizen", ""))
    organisation = form.get("organisation", "").strip().upper()
    if citizen is None:
        return shown(provider, asked, "请选择一位市民。")
    if organisation and not USCC.fullmatch(organisation):
        return shown(provider, asked, "统一社会信用代码应为 18 位数字或大写字母。")
    if organisation and "confirm" not in form:
        return shown(provider, asked, "请确认您代表这家单位，或不填代码。")
    cookie, login = provider.log_in(citizen, organisation, form.get("until", ""))
    response = asked.back(code=provider.code(login, asked.wanted))
    response.set_cookie(COOKIE, cookie, httponly=True, samesite="Lax", path="/identity")
    return response


def found(provider: Provider, name: str) -> Citizen | None:
    """Find a citizen by openid, or by the short name of those who are known from the start."""
    citizens = provider.world.citizens
    return citizens.get(name) or citizens.get(openid_of(name))
