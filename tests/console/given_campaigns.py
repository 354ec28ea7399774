"""What tests of the pages of campaigns begin with: two who are signed in, and a campaign."""

from datetime import timedelta

import pytest

from core.pace import Pace
from tests.core import given_campaigns as given

from .conftest import NOW

PATH = "/console/campaigns/"
PACE = Pace()


@pytest.fixture
def form(database):
    """A campaign as an editor types it."""
    given.subscribers(3, now=NOW - timedelta(days=1))
    return {
        "title": "诚信兴商宣传月",
        "article_id": given.article(now=NOW),
        "cover": given.cover(now=NOW),
        "rate": "600000",
        "quiet_from": "",
        "quiet_until": "",
        "start_at": "",
    }


@pytest.fixture
def place(editor, form):
    return editor.send(f"{PATH}new", **form).location
