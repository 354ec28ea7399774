"""Files that come with a form, a photograph from the telephone's camera among them."""

from collections.abc import Sequence

from flask import request
from werkzeug.datastructures import FileStorage

from bot.h5 import asking, guard
from bot.h5.asking import Caller
from bot.h5.places import read_evidence
from core import privacy
from core.case_errors import TooMuchEvidenceError
from core.db import Writing
from core.evidence import kinds, ledger, shelf
from core.evidence.ledger import Arrived

MOST = 3  # of one form; more come as a supplement
TAKES = MOST * kinds.LARGEST + guard.LARGEST_FORM
_LONGEST_NAME = 200


def taken(who: Caller) -> tuple[str, ...]:
    """Take the files of the form in hand; return their ids with those that came earlier.

    Raises TooMuchEvidenceError, DailyLimitError, and what is wrong with a file.
    """
    earlier = read_evidence(request.form.getlist("evidence"))
    files = [file for file in request.files.getlist("files") if file.filename]
    if len(files) > MOST or len(files) + len(earlier) > ledger.MOST_OF_A_CASE:
        raise TooMuchEvidenceError
    return (*earlier, *_added(who, files))


def _added(who: Caller, files: Sequence[FileStorage]) -> list[str]:
    return [_add(who, file) for file in files]


def _add(who: Caller, file: FileStorage) -> str:
    here = asking.current()
    data, name = file.read(), _name(file)
    arrived = Arrived(
        account_id=who.account_id,
        file_key=privacy.file_key(),
        media_type=kinds.told(data, name),
        name_sealed=here.parts.vault.seal(name, ledger.NAME),
        sha256=shelf.digest(data),
        size=len(data),
    )
    with Writing() as session:
        entered = ledger.add(session, arrived, now=here.now)
        here.parts.evidence.put(arrived.file_key, data)
    return entered.public_id


def _name(file: FileStorage) -> str:
    last = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[-_LONGEST_NAME:]
