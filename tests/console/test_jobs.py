"""The page of jobs, on a real RQ: what waits, who works, what failed, and running it again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer
from sqlalchemy import select

from core import alarms
from core.alarms import AlarmKind
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.outbox import events
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed
from core.staff.roles import Role
from tests.console import failing
from tests.core.given import account


@pytest.fixture
def queue(redis):
    return Queue("default", connection=redis, serializer=JSONSerializer)


@pytest.fixture
def work(redis, queue):
    def work():
        worker = SimpleWorker([queue], connection=redis, serializer=JSONSerializer)
        worker.work(burst=True, logging_level="ERROR")

    return work


@pytest.fixture
def administrator(enter, world):
    world.now = datetime.now(UTC)  # Redis and RQ have no clock but their own
    return enter(Role.ADMINISTRATOR)


def row(page, name):
    """Return the texts of the cells of the row that begins with this name."""
    found = page.text.split(f'<th scope="row">{name}</th>')[1].split("</tr>")[0]
    return [cell.partition(">")[2].partition("</td>")[0] for cell in found.split("<td")[1:]]


def acts():
    with Reading() as session:
        return [
            (row.action, row.object, row.facts)
            for row in session.scalars(select(Entry).order_by(Entry.id))
            if row.object == "jobs"
        ]


def test_a_queue_shows_what_waits_and_since_when(enter, queue, world):
    queue.enqueue(failing.work)
    queue.enqueue(failing.work)
    world.now = datetime.now(UTC) + timedelta(hours=3, minutes=30)

    cells = row(enter(Role.ADMINISTRATOR).get("/console/jobs/"), "一般")

    assert cells[0] == "2"
    assert cells[1] == "3 小时"
    assert cells[2:] == ["0", "0"]


def test_it_is_said_when_nobody_works(administrator):
    assert "没有任务进程在运行" in administrator.get("/console/jobs/").text


def test_a_worker_is_named(administrator, redis, queue):
    worker = SimpleWorker([queue], connection=redis, serializer=JSONSerializer)
    worker.register_birth()

    page = administrator.get("/console/jobs/").text

    assert worker.name[:8] in page
    assert "没有任务进程在运行" not in page


def test_a_failure_shows_the_class_of_its_error_and_no_word_of_it(administrator, queue, work):
    queue.enqueue(failing.fail)
    work()

    page = administrator.get("/console/jobs/")

    assert row(page, "fail")[2] == "ValueError"
    assert "13987654321" not in page.text
    assert "no such person" not in page.text


def test_the_first_page_says_what_is_wrong_to_whoever_looks_after_it(
    administrator, enter, queue, work
):
    queue.enqueue(failing.fail)
    work()

    page = administrator.get("/console/").text

    assert "1 个任务失败了" in page
    assert "没有任务进程在运行" in page
    assert "任务失败" not in enter(Role.AUDITOR).get("/console/").text


def test_a_failed_job_runs_again_once_and_the_trail_knows(administrator, queue, work):
    job = queue.enqueue(failing.fail)
    work()

    administrator.send("/console/jobs/requeue", job=job.id)
    twice = administrator.send("/console/jobs/requeue", job=job.id)

    assert queue.job_ids == [job.id]
    assert twice.status_code == 303
    assert "没有可以重做的" in administrator.get("/console/jobs/").text
    assert acts() == [("requeue", "jobs", {"jobs": 1})]


def test_all_failed_jobs_run_again(administrator, queue, work):
    jobs = {queue.enqueue(failing.fail).id for _ in range(3)}
    work()

    administrator.send("/console/jobs/requeue-all")

    assert set(queue.job_ids) == jobs
    assert "3 个任务重新排队" in administrator.get("/console/jobs/").text
    assert acts() == [("requeue", "jobs", {"jobs": 3})]


def test_what_waits_to_be_told_is_counted(administrator, world):
    owed = Owed(EventKind.CAMPAIGN, "c:1", Audience.CAMPAIGN_SUBSCRIBERS, date(2026, 11, 23))
    with Writing() as session:
        events.owe(session, owed, now=world.now - timedelta(hours=3))

    page = administrator.get("/console/jobs/").text

    assert "3 小时" in page
    assert "还没有要送达的消息" in page


def test_deliveries_are_counted_by_state(administrator, world):
    owed = Owed(EventKind.CAMPAIGN, "c:1", Audience.ACCOUNT, date(2026, 11, 23), account())
    with Writing() as session:
        events.owe(session, owed, now=world.now)
        events.expand(session, now=world.now)

    assert row(administrator.get("/console/jobs/"), "等待发送") == ["1"]


def test_the_page_renews_itself_without_its_frame_and_keeps_nobody_signed_in(
    administrator, world, redis
):
    part = administrator.get("/console/jobs/", headers={"HX-Request": "true"}).text
    assert "<h2>队列</h2>" in part
    assert "<html" not in part

    for _ in range(4):
        world.now += timedelta(minutes=10)
        answer = administrator.get("/console/jobs/", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/console/sign-in"


def test_an_alarm_is_shown_to_the_operator_who_ends_it_once_it_is_put_right(administrator, world):
    with Writing() as session:
        alarms.ring(session, AlarmKind.TEMPLATE, "tpl-1", reason="43116", now=world.now)
    assert "发送有 1 个告警" in administrator.get("/console/").text
    page = administrator.get("/console/jobs/").text
    assert "消息模板 <code>tpl-1</code>" in page
    assert "模板被微信封禁，等运行人员处理，错误码 43116" in page

    administrator.send("/console/jobs/alarm", alarm=1)

    again = administrator.get("/console/jobs/").text
    assert "告警已解除" in again
    assert "发送的告警" not in again
    with Reading() as session:
        assert not alarms.stopped(session)
        (act,) = session.scalars(select(Entry).where(Entry.action == "lift_alarm"))
    assert (act.object, act.actor) == ("alarm:1", administrator.staff.actor)
    administrator.send("/console/jobs/alarm", alarm=1)
    assert "这个告警已经不在了" in administrator.get("/console/jobs/").text
