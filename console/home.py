"""The first page: what waits for me."""

from flask import Blueprint, Response

from console import asking, guard, shown
from console.pages import Page
from core.staff.members import Staff

blueprint = Blueprint("home", __name__)
PAGE = Page(blueprint)


@blueprint.get("/")
@guard.page(None)
def home(staff: Staff) -> Response:
    """Show what waits for this member, and where one can go."""
    here = asking.current()
    sources = [page.cards for page in here.pages if page.cards]
    cards = [card for source in sources for card in source(staff, here.now)]
    return shown.show("home.html", cards=sorted(cards, key=lambda card: not card.is_urgent))
