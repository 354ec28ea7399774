"""A resource: flask-smorest's blueprint with our problems in place of its English ones."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, ClassVar

import flask_smorest as smorest
import marshmallow as ma
from flask import Request
from webargs import core
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import UnsupportedMediaType

from mobile_api import gate, problems
from mobile_api.document import Problem, who_may_ask
from mobile_api.problems import DoorError

View = Callable[..., Any]


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

    def __init__(self, name: str, *, description: str, under: str = "") -> None:
        prefix = f"/api/v1/{under}{name}"
        super().__init__(name, __name__, url_prefix=prefix, description=description)
        self._prepare_doc_cbks.append(who_may_ask)
        problems.answer_for(self)

    def keep_private(self) -> None:
        """Keep every answer of this resource out of shared caches."""
        self.after_request(gate.private)

    def refuses(self, *codes: str) -> Callable[[View], View]:
        """Document what a view can refuse, and how it can fail, an example for each."""
        every = sorted((*codes, "unavailable", "internal_error"), key=_status)

        def documented(view: View) -> View:
            for status, alike in groupby(every, key=_status):
                view = self._refusal(status, list(alike))(view)
            return view

        return documented

    def _refusal(self, status: int, codes: Iterable[str]) -> Callable[[View], View]:
        examples = {code: {"value": problems.example(code)} for code in codes}
        described: Callable[[View], View] = self.alt_response(
            status,
            schema=Problem,
            content_type=problems.MEDIA_TYPE,
            description="、".join(example["value"]["title"] for example in examples.values()),
            examples=examples,
        )
        return described


def _status(code: str) -> int:
    return problems.STATUS[code].value
