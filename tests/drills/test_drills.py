"""The drills in a small size: whatever fails, every follower is told, and nobody twice."""

import pytest

from tests.drills import (
    answer_lost,
    anyone_killed,
    campaign,
    database_restarted,
    followers_leave,
    intake_killed,
    push_thrice,
    quota_reached,
    receipts_in_disorder,
    redis_wiped,
    token_stolen,
    wechat_busy,
    wechat_down,
    worker_frozen,
    worker_killed,
)
from tests.drills.stage import stage


@pytest.fixture
def passes(tmp_path):
    """Play a drill on a database, and see that every figure met its goal."""

    def play(drill, database_url, *, settings=None, **size):
        given = settings or getattr(drill, "SETTINGS", {})
        with stage(database_url, tmp_path, **given) as set_up:
            found = drill.play(set_up, **{"seed": 1} | size)
        assert not {name: each for name, each in found.items() if not each["met"]}, found

    return play


def test_workers_killed_in_mid_batch(passes, database_url):
    passes(worker_killed, database_url, followers=60, kills=3)


@pytest.mark.timeout(600)
def test_web_ticker_and_workers_killed_at_random(passes, postgresql_url):
    passes(anyone_killed, postgresql_url, followers=60, kills=4)


def test_the_database_server_restarts_in_mid_delivery():
    found = database_restarted.played(followers=60, seed=1)
    assert not {name: each for name, each in found.items() if not each["met"]}, found


@pytest.mark.timeout(600)
def test_wechat_is_down_for_ten_minutes(passes, postgresql_url):
    passes(wechat_down, postgresql_url, followers=60)


def test_followers_leave_in_mid_delivery(passes, sqlite_url):
    passes(followers_leave, sqlite_url, followers=80)


def test_redis_wiped_between_event_and_delivery_and_in_mid_delivery(passes, database_url):
    passes(redis_wiped, database_url, followers=60)


def test_wechat_sends_but_its_answer_is_lost(passes, postgresql_url):
    passes(answer_lost, postgresql_url, followers=60)


def test_the_token_is_stolen_again_and_again(passes, sqlite_url):
    passes(token_stolen, sqlite_url, followers=80)


def test_the_same_push_three_times(passes, database_url):
    passes(push_thrice, database_url, followers=4)


def test_wechat_is_busy_and_receipts_are_in_disorder(passes, postgresql_url):
    passes(wechat_busy, postgresql_url, followers=60)


def test_receipts_come_twice_out_of_order_and_before_the_answer(passes, sqlite_url):
    passes(receipts_in_disorder, sqlite_url, followers=30)


@pytest.mark.timeout(600)
def test_the_quota_ends_at_half_and_the_rest_waits_for_the_next_day(passes, postgresql_url):
    passes(quota_reached, postgresql_url, followers=40, settings=quota_reached.settings(40))


def test_a_worker_sleeps_past_wechats_memory(passes, postgresql_url):
    # On SQLite a sleeper may hold the one lock: there nobody else goes on either.
    passes(worker_frozen, postgresql_url, followers=30)


@pytest.mark.timeout(400)
def test_intake_killed_while_it_loads_and_while_it_publishes(database_url, tmp_path):
    environ = intake_killed.environment(database_url, f"unix://{tmp_path}/none", tmp_path)
    found = intake_killed.play(database_url, tmp_path, environ, rows=6000, kills=4, seed=1)
    assert not {name: each for name, each in found.items() if not each["met"]}, found


def test_a_campaign_whose_worker_is_killed_whose_quota_ends_and_whom_somebody_leaves(
    tmp_path, database_url
):
    size = {"MASS_LIST": str(campaign.list_size(48))}
    with stage(database_url, tmp_path, **campaign.SETTINGS, **size) as set_up:
        found = campaign.play(set_up, followers=48, seed=1)
    assert not {name: each for name, each in found.items() if not each["met"]}, found
