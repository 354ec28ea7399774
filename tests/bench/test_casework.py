"""What the bench of casework measures is there: the page shows the queue, the pass says it once."""

import requests
from sqlalchemy import func, select

from core.casework.staff_notices import NoticeKind, StaffNotice
from core.db import Reading
from tests.bench import casework

CASES = 800


def test_the_pass_says_everything_once(database):
    casework.fill(database.engine, CASES)

    # Eighty are late, and escalated; forty of the platform and no supplement are due soon, forty
    # of applicants; two supplements were missed.
    assert casework.tick() == 80 * 2 + 80 + 2
    assert casework.tick() == 0
    casework.look()
    with Reading() as session:
        kinds = select(StaffNotice.kind, func.count()).group_by(StaffNotice.kind)
        assert dict(session.execute(kinds).all()) == dict.fromkeys(NoticeKind, 80)


def test_the_page_shows_the_queue_of_each_office(database, tmp_path):
    casework.fill(database.engine, CASES)

    with casework.served(tmp_path, database.url) as (server, tokens):
        for token in tokens.values():
            page = requests.get(server.url + casework.PAGE, cookies={"console": token}, timeout=30)
            assert page.status_code == 200
            assert page.text.count('href="/console/cases/') > 10
