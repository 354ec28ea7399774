"""What a single command needs when nothing else runs: a database at its head, a Valkey."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module

from config.launch import environment, locks, valkey


@contextmanager
def ready(given: Mapping[str, str], *, redis: bool) -> Iterator[None]:
    """Complete the environment as `run` does; stop afterwards only what was started for us."""
    environ = environment.embedded_environment(given)
    environment.adopt(environ)
    folder = environment.var_dir(environ)
    if not given.get("DATABASE_URL") and not (folder / "xinyong.db").exists():
        # Loaded here and by name: other commands need not wait for the migrations' machinery.
        import_module("config.database").upgrade(environ["DATABASE_URL"])
    own = valkey.of(environ)
    started = redis and environment.wants_valkey(given) and own.ensure()
    try:
        yield
    finally:
        if started and not locks.is_running(folder):
            own.stop()
