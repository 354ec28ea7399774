"""`./xinyong staff`: who works at the console; the first administrator gets in this way."""

from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from config.cli.opened import opened, refusing
from config.settings import Settings
from core import departments
from core.db import Reading, Writing
from core.staff import administration
from core.staff.administration import OPERATOR, Newcomer
from core.staff.errors import DepartmentNotKnownError
from core.staff.invitations import LASTS
from core.staff.members import Member
from core.staff.roles import Role
from messages.wording import console_zh

_LOGIN = click.argument("login", metavar="登录名")
_ROLES = click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([each.value for each in Role]),
    help="角色，可以写多次",
)
_DEPARTMENT = click.option("--department", metavar="名称", help="在哪个部门；不写就是信用中心的人")


@click.group(help="控制台的工作人员：邀请、查看、改角色、停用、重置。")
def staff() -> None:
    """Stand for what can be done with the staff."""


@staff.command(help="邀请一位工作人员。第一位管理员也这样邀请。链接只显示这一次。")
@_LOGIN
@click.argument("name", metavar="姓名")
@_ROLES
@_DEPARTMENT
def invite(login: str, name: str, *, roles: tuple[str, ...], department: str | None) -> None:
    """Invite a member and show the link, once."""
    with opened() as chosen, refusing(), Writing() as session:
        department_id = _department(session, department)
        newcomer = Newcomer(login, name, frozenset(map(Role, roles)), department_id)
        code = administration.invite(
            session, chosen.vault, OPERATOR, newcomer=newcomer, now=datetime.now(UTC)
        )
    _show(chosen, code)


@staff.command("list", help="列出全部工作人员。")
def listed() -> None:
    """List the members."""
    with opened(), Reading() as session:
        found = administration.everyone(session)
        of = {one.department_id for one in found if one.department_id}
        names = departments.names(session, of)
    lines = [_line(one, names.get(one.department_id or 0)) for one in found]
    click.echo("\n".join(lines) if lines else _NOBODY)


_NOBODY = (
    "还没有工作人员。邀请第一位管理员：./xinyong staff invite admin 管理员 --role administrator"
)


@staff.command(help="改一位工作人员的角色，马上生效。")
@_LOGIN
@_ROLES
def roles(login: str, roles: tuple[str, ...]) -> None:
    """Give a member other roles."""
    with opened(), refusing(), Writing() as session:
        member = administration.by_login(session, login)
        granted = frozenset(map(Role, roles))
        administration.set_roles(session, OPERATOR, member.id, roles=granted, now=datetime.now(UTC))
    click.echo(f"{member.login}：{_named(member)}")


@staff.command(help="停用一位工作人员，马上退出。要恢复，用 reset。")
@_LOGIN
def disable(login: str) -> None:
    """Switch a member off."""
    with opened(), refusing(), Writing() as session:
        member = administration.by_login(session, login)
        administration.disable(session, OPERATOR, member.id, now=datetime.now(UTC))
    click.echo(f"{member.login}：{console_zh.MEMBER_STATES[member.state]}")


@staff.command(help="重新邀请：忘记密码、换手机、停用后恢复。原来的密码和动态码作废。")
@_LOGIN
def reset(login: str) -> None:
    """Invite a member anew and show the link, once."""
    with opened() as chosen, refusing(), Writing() as session:
        member = administration.by_login(session, login)
        code = administration.reset(
            session, chosen.vault, OPERATOR, member_id=member.id, now=datetime.now(UTC)
        )
    _show(chosen, code)


def _department(session: Session, name: str | None) -> int | None:
    if name is None:
        return None
    department_id = departments.named(session, name)
    if department_id is None:
        raise DepartmentNotKnownError
    return department_id


def _show(chosen: Settings, code: str) -> None:
    click.echo(f"邀请链接（只显示这一次，{LASTS.days} 天内有效，用一次）：")
    click.echo(f"{chosen.public_url}/console/invitation/{code}")
    click.echo("打开它，设置密码，用手机上的验证器应用扫描二维码。")


def _line(one: Member, department: str | None) -> str:
    where = department or "信用中心"
    return f"{one.login}  {one.name}  {where}  {_named(one)}  {console_zh.MEMBER_STATES[one.state]}"


def _named(one: Member) -> str:
    return "、".join(console_zh.ROLES[role] for role in sorted(one.granted))
