"""Facing: what a case claims and what the record says, side by side, as labels with texts."""

from collections.abc import Callable

from core import privacy
from core.cases import Holder
from core.casework.detail import Said, StaffDetail
from core.db import Facts
from core.keeping import fields
from core.proposals import ProposalState
from core.rules import Rulebook
from messages.wording import cases_zh, console_cases_zh, own_zh, records_zh, zh

Pairs = list[tuple[str, str]]


def head(found: StaffDetail) -> Pairs:
    """Say where the case stands, whose turn it is and until when."""
    case = found.case
    pairs = [
        ("受理编号", privacy.show_code(case.receipt_code)),
        ("提交时间", zh.time(case.opened_at)),
    ]
    if case.clock is not None:
        pairs.append(("下一步", cases_zh.DUE[case.clock]))
    if case.due_on is not None:
        provisional = cases_zh.PROVISIONAL if case.due_provisional else ""
        pairs.append(("最晚在", zh.date(case.due_on) + provisional))
    if case.holder is not None:
        pairs.append(("由谁办理", _holder(found)))
    return [*pairs, ("经办人", found.handler or "没有人接办")]


def _holder(found: StaffDetail) -> str:
    if found.stands_in_for is not None and found.case.holder is Holder.PLATFORM:
        return cases_zh.on_behalf_of(found.stands_in_for)
    return cases_zh.HOLDERS[found.case.holder or Holder.PLATFORM]


def claim(found: StaffDetail) -> Pairs:
    """Say who filed, and on which grounds; natural persons masked."""
    filed, grounds = found.filed, found.case.grounds.split(",")
    who = filed.name or filed.organisation or ("本人（已实名）" if filed.is_verified else "未实名")
    pairs = [("申请人", who), ("事由", "、".join(zh.GROUNDS[code] for code in grounds))]
    if found.subject:
        pairs.append(("主体", found.subject))
    if filed.phone:
        pairs.append(("电话", filed.phone))
    if found.case.promised_at:
        pairs.append(("信用承诺", f"{zh.time(found.case.promised_at)} 已签署"))
    return pairs


def on_record(found: StaffDetail) -> Pairs:
    """Say what the record says."""
    record = found.record
    if record is None:
        return []
    dates = {"决定日期": record.event_date, "最早可申请修复": record.repairable_from}
    dates |= {"公示截止": record.ends_on}
    pairs = [("记录", record.title), ("状态", own_zh.RECORD_STATES[record.state])]
    pairs += [("认定单位", record.authority), ("依据文书", record.document_no)]
    pairs += [(label, zh.date(value)) for label, value in dates.items() if value]
    return pairs + [(_label(name), fields.written(value)) for name, value in found.facts.items()]


def correctable(found: StaffDetail) -> list[tuple[str, str, str]]:
    """List what may be corrected of the record: name, label and present value."""
    if found.record is None or not found.facts:
        return []
    held: Facts = fields.held(found.record, found.facts)
    return [(name, _label(name), fields.written(value)) for name, value in held.items()]


def waiting(found: StaffDetail) -> Said | None:
    """Return the proposal that waits, if one does."""
    waits = ProposalState.PROPOSED
    return next((one for one in found.proposals if one.of.state is waits), None)


def changed(found: Said | None) -> Pairs:
    """Say what a proposal would correct."""
    changes = found.changes if found else {}
    return [(f"更正：{_label(name)}", text) for name, text in changes.items()]


def naming(rules: Rulebook) -> Callable[[str], str]:
    """Return what says the reasons of codes that are joined by commas."""
    labels = {one.code: one.name for one in rules.reasons}
    return lambda codes: "、".join(labels.get(code, code) for code in codes.split(","))


def _label(name: str) -> str:
    return console_cases_zh.FIELDS.get(name) or records_zh.DETAIL_FACTS.get(name, name)
