"""The database of a command: bound for as long as it runs, and at the newest migration."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from config import database, settings
from config.settings import Settings
from core import db
from core.errors import CreditError
from core.staff.errors import StaffError
from messages import wording
from messages.wording import console_zh


@contextmanager
def opened() -> Iterator[Settings]:
    """Give the settings, with core bound to their database."""
    chosen = settings.read()
    engine = db.connect(chosen.database_url.get_secret_value())
    try:
        if not database.is_current(engine):
            raise click.ClickException("数据库结构不是最新，请先执行：./xinyong migrate")
        db.bind(engine)
        yield chosen
    finally:
        engine.dispose()


@contextmanager
def refusing() -> Iterator[None]:
    """Say in words what core refuses."""
    try:
        yield
    except StaffError as refusal:
        raise click.ClickException(console_zh.REFUSALS[refusal.code]) from None
    except CreditError as refusal:
        raise click.ClickException(wording.refusal(refusal.code)) from None
