"""The same push three times, at once and while the first is at work: it is executed once."""

import time
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import count

import sqlalchemy as sa

from core.accounts import Address
from core.follows import Follow
from core.subjects import Subject
from messages.wording import bot_zh as words
from tests.bench.report import figure
from tests.drills import audience
from tests.drills.command import drilled

SAID = {
    "订阅宣传": words.SUBSCRIBED,
    f"关注 {audience.NAME}": words.followed(audience.NAME, new=True),
}
SETTINGS = {"WEB_WORKERS": "2"}
MOST_ROUNDS = 8
_msgids = count(7_000_000_000_000_000)


def play(stage, *, followers, seed):
    """Let every citizen say two things, each three times; then read what was done."""
    del seed
    stage.gather(1)
    stage.start("web")
    stage.until(stage.web_is_there)
    citizens = [f"oThrice{number:021d}" for number in range(followers)]
    found = [_at_once(stage, openid, said) for openid in citizens for said in SAID]
    found += [one for said in SAID for one in _while_at_work(stage, said)]
    done = _done(stage)
    return {
        "citizens": figure(len(citizens)),
        "unanswered": figure(sum(not any(answers) for _, answers in found), "<= 0"),
        "otherwise_answered": figure(sum(_amiss(*one) for one in found), "<= 0"),
        "not_done_once": figure(sum(n != 1 for n in done.values()), "<= 0"),
        "done": figure(len(done), f">= {len(found)}"),
        "told_to_wait": figure(sum(answers.count(None) for _, answers in found), ">= 1"),
        "answered_anew": figure(_asked_again(stage, citizens[0]), "<= 0"),
    }


def _push(stage, openid, said, **how):
    """Push a text; return what each copy was answered: a text, None for `success`, "" for none."""
    fields = {"MsgType": "text", "Content": said, "MsgId": next(_msgids)} | how.pop("fields", {})
    found = stage.order("push", openid=openid, fields=fields, **how)["pushes"]
    return [_answer(push) for push in found]


def _answer(push):
    if push["outcome"] == "fault":
        return ""
    return push["reply"]["text"] if push["reply"] else None


def _at_once(stage, openid, said):
    return said, _push(stage, openid, said, copies=3, concurrent=True)


def _while_at_work(stage, said):
    """Retry twice while the first is held up, by one citizen after another until that was seen."""
    found = []
    while len(found) < MOST_ROUNDS and not any(None in answers for _, answers in found):
        found.append((said, _held_up(stage, f"oAtWork{len(found)}", said)))
    return found


def _held_up(stage, openid, said):
    same = {"MsgId": next(_msgids), "CreateTime": int(time.time())}
    with ThreadPoolExecutor(3) as threads, stage.writing() as session:
        _hold(session)
        first = threads.submit(_push, stage, openid, said, fields=same)
        time.sleep(0.1)
        again = [threads.submit(_push, stage, openid, said, fields=same) for _ in range(2)]
        # Less than a web thread waits for the lock.
        wait(again, timeout=0.5)
        session.rollback()
        return [answer for each in (first, *again) for answer in each.result()]


def _hold(session):
    # SQLite has one lock, and the transaction holds it from its start.
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("lock table follows in exclusive mode")


def _amiss(said, answers):
    return any(answer not in {SAID[said], None} for answer in answers)


def _done(stage):
    """Count the follows of everybody who pushed, by citizen and topic."""
    with stage.writing() as session:
        rows = session.execute(
            sa.select(Address.value, Follow.topic, sa.func.count())
            .join(Follow, Follow.account_id == Address.account_id)
            .where(Address.value.not_in(audience.openids(1)))
            .group_by(Address.value, Follow.topic)
        )
        return {(openid, topic): n for openid, topic, n in rows}


def _asked_again(stage, openid):
    """Ask, change the facts, push the same question again: the answer is the one given before."""
    same = {"MsgId": next(_msgids), "CreateTime": int(time.time())}
    (first,) = _push(stage, openid, audience.USCC, fields=same)
    with stage.writing() as session:
        session.execute(sa.update(Subject).values(name="改名以后的公司"))
    (again,) = _push(stage, openid, audience.USCC, fields=same)
    return int(again != first or audience.NAME not in (first or ""))


def main(arguments):
    return drilled(play, arguments, **SETTINGS)
