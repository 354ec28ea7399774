"""`./xinyong keys`: what is sealed is made anew with the keys in force."""

import sys
from datetime import UTC, datetime

import click

from config import evidence
from config.cli.opened import opened
from config.settings import Settings
from core import rotation
from core.calendar import in_kunming
from core.db import Reading, Writing
from core.evidence.shelf import EvidenceShelf
from core.rotation import Part
from core.vault import Vault, VaultError

WORDS = {
    "persons": "自然人",
    "record_facts": "自然人的记录",
    "phones": "手机号码",
    "sms_codes_sealed": "等待发送的短信",
    "challenges_secrets_sealed": "正在进行的核验",
    "kept_answers_answer": "一天内的提交",
    "installations_token_sealed": "推送登记",
    "cases_statement_sealed": "申请的情况说明",
    "case_events_note_sealed": "申请的补充说明",
    "case_proposals_text_sealed": "拟办意见",
    "case_proposals_changes_sealed": "拟作的更正",
    "case_proposals_answer_sealed": "退回的理由",
    "evidence_name_sealed": "证据文件的名称",
    "reports_secret": "本人的信用报告",
    "certificates_secret": "自然人的信用修复决定书",
    "shares_note": "授权码的备注",
    "staff_members_totp_sealed": "工作人员的动态码",
    "record_corrections_changes_sealed": "对记录的更正",
    "approvals_why_sealed": "申请审批的理由",
    "approvals_answer_sealed": "不批准的理由",
    "intake_works_why_sealed": "整批办理的理由",
}


@click.group(help="加密和散列用的密钥。")
def keys() -> None:
    """Stand for what can be done with the keys of the vault."""


@keys.command(help="更换密钥以后，把旧密钥加密的内容换成新密钥的；中断了再执行一次即可。")
def rotate() -> int:
    """Make all anew, a chunk in each transaction; 1 while something still needs an older key."""
    with opened() as chosen:
        vault = chosen.vault
        try:
            for part in rotation.PARTS:
                _walk(part, vault)
        except VaultError:
            raise click.ClickException(_MISSING) from None
        damaged = evidence.renew(EvidenceShelf(chosen.evidence_dir, vault))
        left, until = _left(vault), _hashed_until(chosen)
    for name, number in left.items():
        click.echo(f"{WORDS[name]}还有 {number} 条在用旧密钥。")
    if damaged:
        click.echo(_DAMAGED.format(damaged))
    click.echo(_AGAIN if left or damaged else _DONE)
    if not left and len(vault.hash_keys) > 1:
        click.echo(_KEEP.format(until) if until else _DROP)
    return 1 if left or damaged else 0


_MISSING = (
    "有内容是用 PERSON_KEYS 里没有的密钥加密的。请把那把旧密钥加回去（接在新的后面），再执行一次。"
)
_DAMAGED = "有 {} 个证据文件打不开：加密它们的密钥不在 PERSON_KEYS 里，或者文件已损坏。"
_AGAIN = "旧密钥还不能去掉。请先让全部进程都用新的设置重启，再执行一次。"
_DONE = "全部换好了。PERSON_KEYS 里的旧密钥现在可以去掉。"
_DROP = "PERSON_HASH_KEYS 里的旧密钥现在可以去掉。"
_KEEP = (
    "PERSON_HASH_KEYS 里的旧密钥请留到 {:%Y-%m-%d %H:%M}："
    "在那以前还要认得出重复的提交和短信验证码。"
)


def _walk(part: Part, vault: Vault) -> None:
    after: int | None = 0
    with Reading() as session:
        last = part.last(session)
    while after is not None:
        _progress(part, after, last)
        with Writing() as session:
            after = rotation.step(session, vault, part, after=after, now=datetime.now(UTC))
    click.echo(f"{WORDS[part.name]}：完成")


def _progress(part: Part, after: int, last: int) -> None:
    # Only where somebody looks on; a log would fill with it.
    if sys.stderr.isatty() and last:
        click.echo(f"\r\x1b[K{WORDS[part.name]}：{min(after / last, 1):.0%}\r", err=True, nl=False)


def _hashed_until(chosen: Settings) -> datetime | None:
    with Reading() as session:
        until = rotation.hashed_until(session, chosen.pace_of_waits)
    return in_kunming(until) if until and until > datetime.now(UTC) else None


def _left(vault: Vault) -> dict[str, int]:
    with Reading() as session:
        found = {part.name: part.left(session, vault) for part in rotation.PARTS}
    return {name: number for name, number in found.items() if number}
