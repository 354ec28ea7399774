"""A data request (个人信息请求): to see, have, correct or delete what is held about oneself."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, drafts, filing, guard, receipts, shown, uploads, words
from bot.h5.asking import Caller
from bot.h5.errors import IncompleteError, StaleError
from core import data_request
from core.applying import Form
from core.cases import Case
from core.data_request import Right
from core.db import Writing
from core.errors import CreditError

_DRAFT = "data-request"


def add_to(blueprint: Blueprint) -> None:
    """Add this page to the others."""

    @blueprint.get("/me/data/request")
    @guard.citizen()
    def request_data(who: Caller) -> Response:
        guard.person(guard.fresh(who))
        return _form(drafts.take(who, _DRAFT), None)

    @blueprint.post("/me/data/request")
    @guard.citizen(takes=uploads.TAKES)
    def file_data_request(who: Caller) -> AnyResponse:
        typed = request.form.to_dict(flat=False)
        try:
            typed["evidence"] = list(uploads.taken(who))
            case = _filed(who, typed)
        except StaleError:
            drafts.keep(who, _DRAFT, typed)
            return redirect(url_for("h5.identity", next=request.path), 303)
        except CreditError as refusal:
            return _form(typed, words.refusal(refusal.code, asking.current().language))
        return redirect(url_for("h5.my_case", code=case.receipt_code, done="filed"), 303)


def _form(typed: drafts.Draft, fault: str | None) -> Response:
    given = {"rights": list(Right), "typed": typed, "fault": fault, "most": uploads.MOST}
    return shown.show("data_request.html", 422 if fault else 200, **given)


def _filed(who: Caller, typed: drafts.Draft) -> Case:
    guard.person(guard.fresh(who))
    chosen = [one for one in Right if one.value in typed.get("rights", [])]
    if not chosen:
        raise IncompleteError
    said = filing.statement(typed)
    form = Form(statement=said, grounds=tuple(chosen), evidence=tuple(typed["evidence"]))
    now, mine = asking.current().now, receipts.applicant(who)
    with Writing() as session:
        return data_request.file(session, mine, form=form, office=filing.office(), now=now)
