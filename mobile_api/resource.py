"""A resource: flask-smorest's blueprint with our problems in place of its English ones."""

from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from itertools import groupby
from typing import Any, ClassVar

import flask_smorest as smorest
import marshmallow as ma
from flask import Request, Response, make_response, request
from webargs import core
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import UnsupportedMediaType

from mobile_api import document, documented, etags, examples, gate, problems, words
from mobile_api.document import Problem, who_may_ask
from mobile_api.problems import DoorError

View = Callable[..., Any]
# Whatever is asked: the gate can refuse it, and we can fail.
_ALWAYS = (
    *("bad_header", "app_too_old", "too_many_requests"),
    *("unavailable", "internal_error"),
)


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

    def keep_public(self) -> None:
        """Let anybody keep the answers of this resource, until midnight at most."""
        self.after_request(gate.public)

    def tagged(self, view: View) -> View:
        """Give answers a weak ETag, and 304 to whoever has the newest; below who asks."""

        @wraps(view)
        def answered(*arguments: Any, **named: Any) -> Response:  # noqa: ANN401 - any view's
            return etags.mark(make_response(view(*arguments, **named)))

        told = {304: {"description": "与 If-None-Match 相同，没有变化", "headers": etags.HEADER}}
        return documented.note(
            answered, parameters=[etags.IF_NONE_MATCH], answers=told, headers=etags.HEADER
        )

    def guarded(self, view: View) -> View:
        """Let only who has seen what there is now change it; below who asks.

        The view compares with `etags.demand` in its transaction.
        """

        @wraps(view)
        def changed(*arguments: Any, **named: Any) -> Response:  # noqa: ANN401 - any view's
            etags.demand_given()
            response = make_response(view(*arguments, **named))
            if not etags.was_checked():
                raise AssertionError(f"{request.endpoint} changes without etags.demand")
            return response

        return documented.note(changed, refusals=etags.REFUSALS, parameters=[etags.IF_MATCH])

    def refuses(self, *codes: str) -> Callable[[View], View]:
        """Document what a view can refuse, an example for each; how all can fail is added."""

        def noted(view: View) -> View:
            return documented.note(view, refusals=codes)

        return noted

    @staticmethod
    def _tell_notes(doc: dict[str, Any], doc_info: dict[str, Any], **_: object) -> dict[str, Any]:
        """Tell in the document of an operation what its decorators noted."""
        doc.setdefault("parameters", []).extend(doc_info.get("also_reads", ()))
        doc.setdefault("responses", {}).update(deepcopy(doc_info.get("also_answers", {})))
        for status in doc_info.get("success_status_codes", ()):
            told = doc["responses"][status].setdefault("headers", {})
            told.update(document.told_by_all() | doc_info.get("also_tells", {}))
        codes = sorted({*doc_info.get("refusals", ()), *_ALWAYS}, key=_order)
        for status, alike in groupby(codes, key=_status):
            doc["responses"][status] = _refusal(list(alike))
        examples.tell(doc)
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
