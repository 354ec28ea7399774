"""The line to Redis: what is asked is answered, and no answer ever reaches another question."""

import threading

import pytest
import redis as redis_py
from redis.exceptions import RedisError

from bot.line import Line


@pytest.fixture
def line(redis):
    return Line(redis.connection_pool)


def says(*commands):
    return lambda _name: commands


def hang_up_all(redis):
    """Close every connection from the other side, as an idle time-out or a restart does."""
    redis.client_kill_filter(_type="normal", skipme=True)


def test_commands_are_answered_in_order(line):
    assert line.ask(says(("SET", "a", "1"), ("GET", "a"), ("GET", "b")))() == [b"OK", b"1", None]


def test_a_note_is_written_and_its_answer_read_by_the_next_question(line):
    line.note(says(("SET", "a", "1"), ("SET", "b", "2")))

    assert line.ask(says(("GET", "b")))() == [b"2"]


def test_a_question_that_nobody_read_does_not_answer_the_next(line):
    line.ask(says(("SET", "a", "wrong"), ("GET", "a")))

    assert line.ask(says(("GET", "nothing")))() == [None]
    line.ask(says(("GET", "a")))
    line.note(says(("SET", "b", "2")))
    assert line.ask(says(("GET", "b")))() == [b"2"]


def test_a_connection_closed_while_idle_is_made_anew(line, redis):
    assert line.ask(says(("SET", "a", "1")))() == [b"OK"]
    hang_up_all(redis)
    assert line.ask(says(("GET", "a")))() == [b"1"]
    hang_up_all(redis)
    line.note(says(("SET", "a", "2")))
    assert redis.get("a") in {b"1", b"2"}
    assert line.ask(says(("SET", "a", "3")))() == [b"OK"]


def test_a_connection_closed_before_its_answer_is_asked_again(line, redis):
    answers = line.ask(says(("SET", "a", "1")))
    hang_up_all(redis)

    assert answers() == [b"OK"]


def test_a_wrong_command_answers_for_itself_alone(line):
    with pytest.raises(RedisError):
        line.ask(says(("GET",), ("SET", "a", "1")))()

    assert line.ask(says(("GET", "nothing")))() == [None]


def test_without_redis_every_question_is_refused():
    with redis_py.Redis(port=1, socket_connect_timeout=0.2) as gone:
        line = Line(gone.connection_pool)
        with pytest.raises(RedisError):
            line.ask(says(("GET", "a")))()
        with pytest.raises(RedisError):
            line.note(says(("SET", "a", "1")))


def test_each_thread_has_a_line_of_its_own(line):
    wrong = []

    def ask(number):
        for turn in range(200):
            said = f"{number}-{turn}"
            if line.ask(says(("ECHO", said)))() != [said.encode()]:
                wrong.append(said)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_answer_is_read_once_and_by_its_own_question(line):
    first = line.ask(says(("SET", "a", "1")))
    second = line.ask(says(("GET", "a")))

    with pytest.raises(RuntimeError, match="another question"):
        first()
    assert second() == [b"1"]


def test_a_line_knows_its_name_for_redis(line, redis):
    (name,) = line.ask(lambda name: [("ECHO", name)])()

    assert str(int(name)) in {client["id"] for client in redis.client_list()}
