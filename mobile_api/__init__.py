"""The door for the app: REST under /api/v1, with its OpenAPI document."""

from flask import Flask

from mobile_api import (
    authorisations,
    cases,
    check_batches,
    checks,
    departments,
    entities,
    gate,
    lists,
    objections,
    operations,
    pages,
    person_checks,
    publicity,
    records,
    releases,
    repairs,
    reports,
    returning,
    rules,
    verification,
)
from mobile_api.document import Api
from mobile_api.parts import Parts

__all__ = ["Parts", "register"]


def register(app: Flask, parts: Parts) -> None:
    """Add every endpoint, the document and its page."""
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["OPENAPI_URL_PREFIX"] = "/api/v1"
    gate.build(app, parts)
    api = Api(app)
    for resource in (entities, records, lists, releases, departments):
        api.register_blueprint(resource.blueprint)
    for resource in (objections, repairs, cases, reports, rules, operations):
        api.register_blueprint(resource.blueprint)
    for blueprint in (publicity.decisions, publicity.promises, reports.verifications):
        api.register_blueprint(blueprint)
    for resource in (authorisations, checks, check_batches, person_checks, verification):
        api.register_blueprint(resource.blueprint)
    api.register_blueprint(checks.verifications)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(returning.create_blueprint(on_desk=parts.identity.on_desk))
