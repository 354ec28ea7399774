"""Files that come with a form, a photograph from the telephone's camera among them."""

import io
from collections.abc import Sequence
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.formparser import FormDataParser

from bot.h5 import asking, guard
from bot.h5.asking import Caller
from bot.h5.places import read_evidence
from core.case_errors import TooMuchEvidenceError
from core.db import Writing
from core.evidence import kinds, ledger, receiving
from core.evidence.receiving import Upload

MOST = 3  # of one form; more come as a supplement
TAKES = MOST * kinds.LARGEST + guard.LARGEST_FORM


class InMemory(FormDataParser):
    """Keeps what was uploaded in memory: on a disk it would lie in clear for a while."""

    def __init__(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - werkzeug's
        super().__init__(**options | {"stream_factory": lambda *_, **__: io.BytesIO()})


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
    sent = Upload(who.account_id, file.filename or "", file.read())
    with Writing() as session:
        return receiving.receive(session, here.parts.evidence, sent, now=here.now).public_id
