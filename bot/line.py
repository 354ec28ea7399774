"""A line to Redis for the one path where every microsecond is paid by each push.

One connection for each thread, commands packed together, and notes whose answers nobody waits for:
they are read before the next question. redis-py's own pipeline costs as much as the query itself.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import structlog
from hiredis import pack_command
from redis import ConnectionPool
from redis.exceptions import ConnectionError as LostError
from redis.exceptions import RedisError

log = structlog.get_logger()

Command = Sequence[str | bytes | int]
# What to say, given the name by which Redis knows the connection that says it.
Saying = Callable[[bytes], Sequence[Command]]


class Line:
    """Asks and notes over the connection of the thread that calls."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool
        self._mine = threading.local()

    def ask(self, saying: Saying) -> Callable[[], list[Any]]:
        """Send commands together; return what reads their answers, which raises redis' RedisError.

        Between the two the caller may do other work. If it never reads, the next question throws
        the answers away.
        """
        with suppress(RedisError):
            self._say(saying)
            turn = self._mine.turn
            return lambda: self._answers(saying, turn)
        return lambda: self._once_more(saying)

    def note(self, saying: Saying) -> None:
        """Send commands whose answers matter to nobody. Raises redis' RedisError."""
        try:
            self._say(saying)
        except LostError:
            self._say(saying)

    def _answers(self, saying: Saying, turn: int) -> list[Any]:
        if turn != self._mine.turn:
            raise RuntimeError("another question was asked before this one was read")
        try:
            return self._read()
        except LostError:
            # An idle connection may have been closed from the other side: once more, on a new one.
            return self._once_more(saying)

    def _once_more(self, saying: Saying) -> list[Any]:
        self._say(saying)
        return self._read()

    def _say(self, saying: Saying) -> None:
        with self._hanging_up_on_failure():
            connection = self._connected()
            commands = saying(self._mine.name)
            connection.send_packed_command([_packed(commands)])
            while self._mine.unread:
                self._mine.unread -= 1
                connection.read_response()
            self._mine.unread = len(commands)
            self._mine.turn += 1

    def _read(self) -> list[Any]:
        answers = []
        with self._hanging_up_on_failure():
            while self._mine.unread:
                self._mine.unread -= 1
                answers.append(self._mine.connection.read_response())
        return answers

    def _connected(self) -> Any:  # noqa: ANN401 - redis' kinds of connection
        if getattr(self._mine, "connection", None) is None:
            connection: Any = self._pool.make_connection()
            self._mine.connection = connection
            self._mine.unread, self._mine.turn = 0, getattr(self._mine, "turn", 0) + 1
            connection.send_packed_command(connection.pack_command("CLIENT", "ID"))
            self._mine.name = str(connection.read_response()).encode()
        return self._mine.connection

    @contextmanager
    def _hanging_up_on_failure(self) -> Iterator[None]:
        """Never keep a connection on which answers to a failed question may still arrive."""
        try:
            yield
        except BaseException as error:
            log.info("redis_line_lost", error=type(error).__name__)
            if (connection := getattr(self._mine, "connection", None)) is not None:
                connection.disconnect()
            self._mine.connection = None
            raise


def _packed(commands: Sequence[Command]) -> bytes:
    # What redis-py wraps around this looks at each word once more.
    pack: Any = pack_command
    return b"".join(pack(tuple(command)) for command in commands)
