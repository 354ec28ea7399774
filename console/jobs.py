"""Jobs (任务): how the queues and the outbox stand; what failed runs again."""

from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, guard, shown, told
from console.pages import Card, Link, Page
from core import alarms
from core.audit import trail
from core.db import Reading, Writing
from core.outbox import standing
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import console_base_zh, life_reasons_zh

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")


def waiting(staff: Staff, _now: datetime) -> Iterable[Card]:
    """Say what is wrong with the queues to whoever looks after them."""
    if not staff.may(Deed.SEE_JOBS):
        return
    picture, place = asking.current().parts.queues.look(), url_for("console.jobs.jobs")
    if not picture.workers:
        yield Card("任务", "没有任务进程在运行", place, is_urgent=True)
    if failed := sum(line.failed for line in picture.lines):
        yield Card("任务", f"{failed} 个任务失败了", place, is_urgent=True)
    with Reading() as session:
        many = len(alarms.still(session))
    if many:
        yield Card("任务", f"发送有 {many} 个告警", place, is_urgent=True)


_LIFTED = "告警已解除，等着的消息最迟一小时内接着发。"
_LINK = Link("任务", "console.jobs.jobs", (Deed.SEE_JOBS,), 80)
PAGE = Page(blueprint, links=(_LINK,), cards=waiting)


@blueprint.get("/")
@guard.page(Deed.SEE_JOBS, awake=False)
def jobs(staff: Staff) -> Response:
    """Show the queues, the workers, what failed, what waits to be told."""
    picture = asking.current().parts.queues.look()
    with Reading() as session:
        oldest, states = standing.oldest_event(session), standing.by_state(session)
        wrong = alarms.still(session)
    template = "jobs_now.html" if "HX-Request" in request.headers else "jobs.html"
    return shown.show(
        template,
        labels=console_base_zh,
        picture=picture,
        oldest=oldest,
        states=states,
        alarms=wrong,
        meaning=life_reasons_zh.of,
        newest=standing.NEWEST,
        may_requeue=staff.may(Deed.REQUEUE_JOBS),
    )


@blueprint.post("/requeue")
@guard.page(Deed.REQUEUE_JOBS)
def requeue(staff: Staff) -> Response:
    """Let one failed job run again."""
    done = asking.current().parts.queues.requeue(request.form.get("job", ""))
    return _again(staff, int(done))


@blueprint.post("/requeue-all")
@guard.page(Deed.REQUEUE_JOBS)
def requeue_all(staff: Staff) -> Response:
    """Let every failed job run again."""
    return _again(staff, asking.current().parts.queues.requeue_all())


@blueprint.post("/alarm")
@guard.page(Deed.REQUEUE_JOBS)
def put_right(staff: Staff) -> Response:
    """End an alarm: what was wrong at WeChat is put right, and sending goes on."""
    number, now = request.form.get("alarm", ""), asking.current().now
    with Writing() as session:
        found = next((one for one in alarms.still(session) if str(one.id) == number), None)
        done = found and alarms.lift(session, found.kind, found.about, by=staff.actor, now=now)
        if done:
            act = trail.Act(staff.actor, "staff", "lift_alarm", f"alarm:{number}")
            trail.note(session, act, now=now)
    told.tell(_LIFTED if done else "这个告警已经不在了。")
    return make_response(redirect(url_for(".jobs"), 303))


def _again(staff: Staff, count: int) -> Response:
    if count:
        done = trail.Act(staff.actor, "staff", "requeue", "jobs", {"jobs": count})
        with Writing() as session:
            trail.note(session, done, now=asking.current().now)
    told.tell(f"{count} 个任务重新排队。" if count else "失败的任务已经不在了，没有可以重做的。")
    return make_response(redirect(url_for(".jobs"), 303))
