"""Who asked and who approved (双人审批): the two that a command names for what one may not do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click
from sqlalchemy.orm import Session

from config.settings import Mode, Settings
from core.db import Reading
from core.staff import administration, members
from core.staff.approvals import DEEDS, Matter
from core.staff.errors import MemberNotFoundError, SamePersonError
from core.staff.members import MemberState, Staff

_Command = Callable[..., Any]
_ASKED, _APPROVED = "--asked-by", "--approved-by"
_BOTH = f"要写明是谁提出的、谁审批的：{_ASKED} 登录名 {_APPROVED} 登录名"


@dataclass(frozen=True)
class Logins:
    """The logins that were typed, or not."""

    asked_by: str | None
    approved_by: str | None


def named(command: _Command) -> _Command:
    """Let a command name who asked and who approved."""
    asked = click.option(_ASKED, metavar="登录名", help="谁提出的，正式环境必填")
    approved = click.option(_APPROVED, metavar="登录名", help="谁审批的（另一位），正式环境必填")
    return asked(approved(command))


def of(chosen: Settings, matter: Matter, logins: Logins) -> tuple[Staff, Staff] | None:
    """Return the two; None where nobody was named, which is enough on a desk only.

    Raises click.ClickException, MemberNotFoundError, SamePersonError.
    """
    city = chosen.mode is Mode.PRODUCTION
    if not logins.asked_by and not logins.approved_by and not city:
        return None
    if not logins.asked_by or not logins.approved_by:
        raise click.ClickException(f"{'正式环境' if city else ''}{_BOTH}")
    with Reading() as session:
        two = _at_work(session, logins.asked_by), _at_work(session, logins.approved_by)
    for staff, deed in zip(two, DEEDS[matter], strict=True):
        if not staff.may(deed):
            raise click.ClickException(f"{staff.name}的角色不能做这件事")
    if two[0].id == two[1].id:
        raise SamePersonError
    return two


def one(chosen: Settings, login: str | None) -> Staff | None:
    """Return whoever acts; None where nobody was named, which is enough on a desk only.

    Raises click.ClickException, MemberNotFoundError.
    """
    if login is None and chosen.mode is not Mode.PRODUCTION:
        return None
    if login is None:
        raise click.ClickException("正式环境要写明是谁办的：--by 登录名")
    with Reading() as session:
        return _at_work(session, login)


def _at_work(session: Session, login: str) -> Staff:
    member = administration.by_login(session, login)
    if member.state is not MemberState.ACTIVE:
        raise MemberNotFoundError
    return members.at_work(member)
