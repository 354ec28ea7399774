"""Articles (文章): write, look at what readers will see, publish, schedule, withdraw."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, campaign_forms, guard, problems, shown, told
from console.pages import Link, Page, as_id
from core.articles import pictures, reading, writing
from core.articles.ledger import ArticleKind
from core.articles.writing import Text
from core.db import Reading, Writing
from core.errors import ArticleNotFoundError, CreditError
from core.staff import members
from core.staff.members import Staff
from core.staff.roles import Deed
from messages import articles, fitting
from messages.wording import articles_zh
from messages.wording import console_articles_zh as said

blueprint = Blueprint("articles", __name__, url_prefix="/articles")
_SEES = (Deed.EDIT_CAMPAIGN, Deed.APPROVE_CAMPAIGN)
PAGE = Page(blueprint, links=(Link("文章", "console.articles.listing", _SEES, 34),))
_PAGE = 30
_FORM = 1024 * 1024 + 64 * 1024


@blueprint.get("/")
@guard.page(*_SEES)
def listing(staff: Staff) -> Response:
    """List the articles, the youngest first."""
    before = request.args.get("before", type=as_id)
    with Reading() as session:
        found = reading.every(session, limit=_PAGE, before=before)
    more = url_for(".listing", before=found[-1].id) if len(found) == _PAGE else None
    return shown.show("articles.html", found=found, following=more, **_words(staff))


@blueprint.get("/new")
@guard.page(Deed.EDIT_CAMPAIGN)
def new(staff: Staff) -> Response:
    """Show an empty form."""
    return _new(staff)


@blueprint.post("/new")
@guard.page(Deed.EDIT_CAMPAIGN)
def write(staff: Staff) -> Response:
    """Begin an article."""
    kind = request.form.get("kind", "")
    try:
        with Writing() as session:
            chosen = ArticleKind(kind if kind in set(ArticleKind) else ArticleKind.CAMPAIGN)
            number = writing.write(session, staff, chosen, text=_text(), now=asking.current().now)
    except CreditError as refusal:
        return _new(staff, refusal)
    return _done(number, said.SAVED.format(1))


def _new(staff: Staff, refusal: CreditError | None = None) -> Response:
    status = problems.status_of(refusal) if refusal else 200
    refused = problems.sentence(refusal) if refusal else None
    return shown.show(
        "article_new.html", status, form=request.form, refused=refused, **_words(staff)
    )


@blueprint.get("/<int(max=999999999999):number>")
@guard.page(*_SEES)
def article(staff: Staff, number: int) -> Response:
    """Show an article, how it reads, its versions and what may be done."""
    return _article(staff, number)


@blueprint.post("/<int(max=999999999999):number>/revise")
@guard.page(Deed.EDIT_CAMPAIGN)
def revise(staff: Staff, number: int) -> Response:
    """Write the next version."""

    def do() -> str:
        with Writing() as session:
            now, seen = asking.current().now, (number, _seen())
            return said.SAVED.format(writing.revise(session, staff, seen, text=_text(), now=now))

    return _attempt(staff, number, do)


@blueprint.post("/<int(max=999999999999):number>/publish")
@guard.page(Deed.APPROVE_CAMPAIGN)
def publish(staff: Staff, number: int) -> Response:
    """Show the newest version to its readers, now or from an instant on."""
    given = request.form.get("at", "").strip()
    try:
        at = campaign_forms.moment(given)
    except ValueError:
        return _article(staff, number, refused=said.NO_TIME)

    def do() -> str:
        with Writing() as session:
            now, seen = asking.current().now, (number, _seen())
            writing.publish(session, staff, seen, at=at, now=now)
        return said.SCHEDULED if at else said.PUBLISHED

    return _attempt(staff, number, do)


@blueprint.post("/<int(max=999999999999):number>/withdraw")
@guard.page(*_SEES)
def withdraw(staff: Staff, number: int) -> Response:
    """Take an article away from its readers."""

    def do() -> str:
        with Writing() as session:
            writing.withdraw(session, staff, number, now=asking.current().now)
        return said.WITHDRAWN

    return _attempt(staff, number, do)


@blueprint.post("/<int(max=999999999999):number>/pictures")
@guard.page(Deed.EDIT_CAMPAIGN, takes=_FORM)
def picture(staff: Staff, number: int) -> Response:
    """Keep a picture, and say how the text names it."""

    def do() -> str:
        file = request.files.get("file")
        with Writing() as session:
            content = file.read(pictures.LARGEST + 1) if file else b""
            name = pictures.add(session, staff, content, now=asking.current().now)
        return said.PICTURE_ADDED.format(articles.address(name))

    return _attempt(staff, number, do)


@blueprint.get("/pictures/<name>")
@guard.page(*_SEES)
def seen_picture(_staff: Staff, name: str) -> Response:
    """Show a picture to who writes with it."""
    with Reading() as session:
        content = pictures.content(session, name) if pictures.is_name(name) else None
    if content is None:
        raise ArticleNotFoundError
    response = make_response(content)
    response.mimetype = pictures.TYPES[name.rpartition(".")[2]]
    return response


def _attempt(staff: Staff, number: int, do: Callable[[], str]) -> Response:
    try:
        text = do()
    except ArticleNotFoundError:
        raise
    except CreditError as refusal:
        return _article(
            staff,
            number,
            status=problems.status_of(refusal),
            refused=problems.sentence(refusal),
        )
    return _done(number, text)


def _done(number: int, text: str) -> Response:
    told.tell(text)
    return make_response(redirect(url_for(".article", number=number), 303))


def _article(
    staff: Staff, number: int, *, status: int | None = None, refused: str | None = None
) -> Response:
    with Reading() as session:
        sheet = reading.sheet(session, number)
        ids = {one.written_by for one in sheet.versions} | {
            one.published_by for one in sheet.versions
        }
        names = members.names(session, {one for one in ids if one})
    newest = sheet.versions[0]
    return shown.show(
        "article.html",
        status or (422 if refused else 200),
        sheet=sheet,
        article=sheet.article,
        newest=newest,
        card=fitting.shown_title(newest.title),
        names=names,
        html=articles.html(newest.body, _place),
        form=request.form,
        refused=refused,
        mine=newest.written_by == staff.id,
        **_words(staff),
    )


def _place(name: str) -> str:
    return url_for("console.articles.seen_picture", name=name)


def _text() -> Text:
    return Text(request.form.get("title", ""), request.form.get("body", ""))


def _seen() -> int:
    return request.form.get("seen", 0, type=as_id)


def _words(staff: Staff) -> dict[str, Any]:
    return {
        "kinds": articles_zh.ARTICLE_KINDS,
        "said": said,
        "may_write": staff.may(Deed.EDIT_CAMPAIGN),
        "may_publish": staff.may(Deed.APPROVE_CAMPAIGN),
        "longest_title": writing.LONGEST_TITLE,
        "longest_body": writing.LONGEST_BODY,
    }
