"""Policy and news: the newest article as a card with a picture, and where all of them are."""

from bot.answer import Answer, Heard
from bot.replies import News
from core.articles import reading
from core.articles.ledger import Article
from core.db import Reading
from core.errors import ArticleNotFoundError


def latest(heard: Heard) -> Answer:
    """Show the newest article; where there is none, say where to look."""
    with Reading() as session:
        found = reading.listing(session, limit=1, now=heard.now)
    text = f"{heard.said.SAID['policy']}\n{heard.link('news')}"
    return Answer(text, reply=_card(heard, found[0]) if found else None)


def one(heard: Heard, article_id: int) -> Answer | None:
    """Show an article, if anybody may read it now."""
    try:
        with Reading() as session:
            found = reading.one(session, article_id, now=heard.now)
    except ArticleNotFoundError:
        return None
    return Answer(found.title, reply=_card(heard, found))


def _card(heard: Heard, article: Article) -> News:
    desk = heard.desk
    address = f"{desk.public_url}/h5/articles/{article.id}{heard.wish.asked()}"
    return News(article.title, heard.said.SAID["policy"], desk.picture, address)
