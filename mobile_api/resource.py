"""A resource: flask-smorest's blueprint with our problems in place of its English ones."""

from collections.abc import Callable
from itertools import groupby
from typing import Any, ClassVar

import flask_smorest as smorest
import marshmallow as ma
from flask import Request
from webargs import core
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import UnsupportedMediaType

from mobile_api import documented, gate, problems, words
from mobile_api.document import Problem, who_may_ask
from mobile_api.problems import DoorError

View = Callable[..., Any]
_ALWAYS = ("unavailable", "internal_error")


MULTIPART = "multipart/form-data"


class JsonParser(FlaskParser):
    """Reads JSON that says it is JSON, and only as deep and as large as Python reads it."""

    # A form with files is one body, so it is one location: fields and files by their names.
    __location_map__ = FlaskParser.__location_map__ | {"multipart": "load_multipart"}

    def load_multipart(self, req: Request, schema: ma.Schema) -> object:
        """Return the fields and files of a form that is sent in parts."""
        if req.mimetype != MULTIPART:
            raise UnsupportedMediaType
        return self._makeproxy(CombinedMultiDict([req.form, req.files]), schema)

    def _raw_load_json(self, req: Request) -> object:
        if not is_json_request(req):
            raise UnsupportedMediaType
        try:
            return core.parse_json(req.get_data(cache=True))
        except (ValueError, RecursionError):
            raise DoorError("bad_json") from None


class Resource(smorest.Blueprint):  # type: ignore[misc]
    """The views of one resource; whatever they raise leaves as a problem."""

    ARGUMENTS_PARSER = JsonParser()
    DEFAULT_LOCATION_CONTENT_TYPE_MAPPING: ClassVar[dict[str, str]] = (
        smorest.Blueprint.DEFAULT_LOCATION_CONTENT_TYPE_MAPPING | {"multipart": MULTIPART}
    )

    def __init__(self, name: str, *, description: str) -> None:
        super().__init__(name, __name__, url_prefix=f"/api/v1/{name}", description=description)
        self._prepare_doc_cbks.append(who_may_ask)
        self._prepare_doc_cbks.append(self._tell_notes)
        problems.answer_for(self)

    def keep_private(self) -> None:
        """Keep every answer of this resource out of shared caches."""
        self.after_request(gate.private)

    def refuses(self, *codes: str) -> Callable[[View], View]:
        """Document what a view can refuse, an example for each; how all can fail is added."""

        def noted(view: View) -> View:
            return documented.note(view, refusals=codes)

        return noted

    @staticmethod
    def _tell_notes(doc: dict[str, Any], doc_info: dict[str, Any], **_: object) -> dict[str, Any]:
        """Tell in the document of an operation what its decorators noted."""
        doc.setdefault("parameters", []).extend(doc_info.get("also_reads", ()))
        codes = sorted({*doc_info.get("refusals", ()), *_ALWAYS}, key=_order)
        for status, alike in groupby(codes, key=_status):
            doc.setdefault("responses", {})[status] = _refusal(list(alike))
        return doc


def _refusal(codes: list[str]) -> dict[str, Any]:
    examples = {code: {"value": problems.example(code)} for code in codes}
    return {
        "description": "、".join(words.title(code, "zh") for code in codes),
        "content": {problems.MEDIA_TYPE: {"schema": Problem, "examples": examples}},
    }


def _order(code: str) -> tuple[int, str]:
    return _status(code), code


def _status(code: str) -> int:
    return problems.STATUS[code].value
