"""Records (记录): find one, read it with all that happened to it, and change where it stands."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, guard, problems, shown, told
from console.pages import Link, Page, as_id
from core.db import Reading, Writing
from core.errors import CreditError
from core.identifiers import citizen_id_of
from core.keeping import correcting, fields, finding, hiding, reading, withdrawal
from core.keeping.correcting import Tools, Wanted
from core.keeping.errors import FieldError, PurposeError
from core.keeping.finding import Found, Sought
from core.keeping.reading import Sheet
from core.records import RecordKind, RecordState
from core.staff import members
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import console_records_zh as said
from messages.wording import own_zh, zh

blueprint = Blueprint("records", __name__, url_prefix="/records")
PAGE = Page(blueprint, links=(Link("记录", "console.records.find", (Deed.FIND_RECORDS,), 20),))


_NOTHING = dict.fromkeys(vars(Sought()), "")


@blueprint.get("/")
@guard.page(Deed.FIND_RECORDS)
def find(staff: Staff) -> Response:
    """Find records by what is known of them."""
    given = {name: request.args.get(name, "").strip() for name in vars(Sought())}
    before = request.args.get("before", type=as_id)
    texts: dict[str, Any] = dict(given)
    texts["kind"] = RecordKind(given["kind"]) if given["kind"] in set(RecordKind) else None
    texts["state"] = RecordState(given["state"]) if given["state"] in set(RecordState) else None
    sought = Sought(**texts)
    found: Sequence[Found] | None = None
    if any(given.values()):
        with Reading() as session:
            found = finding.find(session, staff, sought, before=before)
    return _found(staff, given, found)


@blueprint.post("/person")
@guard.page(Deed.READ_PERSON)
def of_person(staff: Staff) -> Response:
    """Find the records of one person, by the exact number and for a purpose."""
    here = asking.current()
    number = citizen_id_of(request.form.get("number", ""))
    purpose = _purpose()
    if number is None:
        return _found(staff, _NOTHING, None, refused=said.NOT_A_NUMBER, status=409)
    with Writing() as session:
        found = finding.of_person(
            session, staff, number, purpose=purpose, vault=here.parts.vault, now=here.now
        )
    return _found(staff, _NOTHING, found)


def _found(
    staff: Staff,
    given: dict[str, str],
    found: Sequence[Found] | None,
    *,
    refused: str | None = None,
    status: int = 200,
) -> Response:
    more = found[-1].id if found and len(found) == finding.PAGE and any(given.values()) else None
    values: dict[str, Any] = given | {"before": more}
    following = url_for(".find", **values) if more else None
    return shown.show(
        "records.html",
        status,
        given=given,
        found=found,
        following=following,
        refused=refused,
        may_read=staff.may(Deed.READ_PERSON),
        said=said,
        kinds=zh.RECORD_KINDS,
        states=own_zh.RECORD_STATES,
    )


@blueprint.get("/<int(max=999999999999):record_id>")
@guard.page(Deed.FIND_RECORDS)
def record(staff: Staff, record_id: int) -> Response:
    """Show a record; of a person only that there is one."""
    return _shown(staff, record_id)


@blueprint.post("/<int(max=999999999999):record_id>/open")
@guard.page(Deed.READ_PERSON)
def open_person(staff: Staff, record_id: int) -> Response:
    """Show a person's record for a purpose, which the person will see."""
    return _shown(staff, record_id, purpose=_purpose())


@blueprint.post("/<int(max=999999999999):record_id>/correct")
@guard.page(Deed.CORRECT_RECORD)
def correct(staff: Staff, record_id: int) -> Response:
    """Correct some fields of a record."""
    here, form = asking.current(), request.form
    tools = Tools(here.parts.rules, here.parts.vault)
    given = {name[6:]: text for name, text in form.items() if name.startswith("field_")}
    before = {name[7:]: text for name, text in form.items() if name.startswith("before_")}
    changes = {name: text for name, text in given.items() if text != before.get(name)}
    wanted = Wanted(changes, form.get("why", ""), form.get("version", type=as_id))
    try:
        with Writing() as session:
            correcting.correct(session, staff, record_id, wanted=wanted, tools=tools, now=here.now)
    except FieldError as error:
        refused = said.BAD_FIELD.format(said.FIELDS.get(error.field, error.field))
        return _shown(staff, record_id, purpose=_kept_purpose(), refused=refused, typed=given)
    except CreditError as error:
        refused = problems.sentence(error)
        return _shown(staff, record_id, purpose=_kept_purpose(), refused=refused, typed=given)
    told.tell(said.CORRECTED)
    return _back(record_id)


@blueprint.post("/<int(max=999999999999):record_id>/quarantine")
@guard.page(Deed.QUARANTINE_RECORD)
def quarantine(staff: Staff, record_id: int) -> Response:
    """Keep a record from the public."""
    return _move(staff, record_id, hiding.quarantine, done=said.QUARANTINED)


@blueprint.post("/<int(max=999999999999):record_id>/release")
@guard.page(Deed.QUARANTINE_RECORD)
def release(staff: Staff, record_id: int) -> Response:
    """Let a record go from quarantine."""
    here = asking.current()
    tools = Tools(here.parts.rules, here.parts.vault)
    with Writing() as session:
        hiding.release(session, staff, record_id, why=_why(), tools=tools, now=here.now)
    told.tell(said.RELEASED)
    return _back(record_id)


@blueprint.post("/<int(max=999999999999):record_id>/shield")
@guard.page(Deed.CORRECT_RECORD)
def shield(staff: Staff, record_id: int) -> Response:
    """Suspend a record's publication."""
    return _move(staff, record_id, hiding.shield, done=said.SHIELDED)


@blueprint.post("/<int(max=999999999999):record_id>/unshield")
@guard.page(Deed.CORRECT_RECORD)
def unshield(staff: Staff, record_id: int) -> Response:
    """Publish a shielded record again."""
    return _move(staff, record_id, hiding.unshield, done=said.UNSHIELDED)


@blueprint.post("/<int(max=999999999999):record_id>/withdraw")
@guard.page(Deed.ASK_WITHDRAWAL)
def withdraw(staff: Staff, record_id: int) -> Response:
    """Ask that a record be withdrawn."""
    ask = partial(withdrawal.ask, vault=asking.current().parts.vault)
    return _move(staff, record_id, ask, done=said.WITHDRAWAL_ASKED)


def _move(staff: Staff, record_id: int, act: Callable[..., object], *, done: str) -> Response:
    with Writing() as session:
        act(session, staff, record_id, why=_why(), now=asking.current().now)
    told.tell(done)
    return _back(record_id)


def _shown(
    staff: Staff,
    record_id: int,
    *,
    purpose: str | None = None,
    refused: str | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    here = asking.current()
    with Writing() as session:
        sheet = reading.sheet(
            session, staff, record_id, vault=here.parts.vault, purpose=purpose, now=here.now
        )
        names = members.names(session, _members(sheet))
    return shown.show(
        "record.html",
        409 if refused else 200,
        sheet=sheet,
        list_name=_list_name(sheet),
        purpose=purpose,
        refused=refused,
        typed=typed or {},
        may={deed.value: staff.may(deed) for deed in Deed},
        who=lambda actor: said.who(actor, names),
        written=fields.written,
        choices=fields.choices,
        said=said,
        zh=zh,
        states=own_zh.RECORD_STATES,
    )


def _members(sheet: Sheet) -> set[int]:
    every = [one.who for one in sheet.history] + [kept.who for kept, _ in sheet.corrections]
    found = {int(one[6:]) for one in every if one.startswith("staff:")}
    return found | ({sheet.asked.asked_by} if sheet.asked else set())


def _list_name(sheet: Sheet) -> str:
    named = asking.current().parts.rules.lists.get(sheet.record.list_kind or "")
    return named.name if named else ""


def _why() -> str:
    return request.form.get("why", "")


def _purpose() -> str:
    purpose = request.form.get("purpose", "")
    if purpose not in said.PURPOSES:
        raise PurposeError
    return purpose


def _kept_purpose() -> str | None:
    purpose = request.form.get("purpose", "")
    return purpose if purpose in said.PURPOSES else None


def _back(record_id: int) -> Response:
    return make_response(redirect(url_for(".record", record_id=record_id), 303))
