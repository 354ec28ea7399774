"""The door for the app: REST under /api/v1, with its OpenAPI document."""

from flask import Flask

from mobile_api import (
    account,
    articles,
    authorisations,
    case_steps,
    cases,
    certificates,
    check_batches,
    check_verifications,
    checks,
    complaints,
    credit,
    data_requests,
    departments,
    dictionaries,
    eligibility,
    entities,
    evidence,
    follows,
    gate,
    inbox,
    installations,
    interests,
    links,
    lists,
    message_checks,
    meta,
    my_phone,
    notice_settings,
    objections,
    operations,
    pages,
    person_checks,
    policies,
    publicity,
    releases,
    repairs,
    reports,
    returning,
    rules,
    shares,
    sign_ins,
    step_up,
    verification,
    views,
)
from mobile_api.document import Api
from mobile_api.parts import Parts

__all__ = ["Parts", "register"]

# In the order in which the document tells of them.
RESOURCES = (
    entities.blueprint,
    eligibility.blueprint,
    lists.blueprint,
    releases.blueprint,
    articles.blueprint,
    departments.blueprint,
    publicity.decisions,
    publicity.promises,
    rules.blueprint,
    dictionaries.blueprint,
    meta.blueprint,
    policies.blueprint,
    step_up.blueprint,  # and what stands in entrance.py
    sign_ins.blueprint,
    account.blueprint,
    verification.blueprint,
    follows.blueprint,
    interests.blueprint,
    inbox.blueprint,
    installations.blueprint,
    notice_settings.blueprint,
    credit.blueprint,
    views.blueprint,
    shares.blueprint,
    links.blueprint,
    my_phone.blueprint,
    authorisations.blueprint,
    objections.blueprint,
    repairs.blueprint,
    complaints.blueprint,
    data_requests.blueprint,
    evidence.blueprint,
    case_steps.blueprint,
    cases.blueprint,
    operations.blueprint,
    reports.blueprint,
    reports.of_oneself,
    reports.verifications,
    certificates.blueprint,
    certificates.verifications,
    message_checks.blueprint,
    shares.answers,
    checks.blueprint,
    check_batches.blueprint,
    person_checks.blueprint,
    check_verifications.blueprint,
)


def register(app: Flask, parts: Parts) -> None:
    """Add every endpoint, the document and its page."""
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.compact = True  # type: ignore[attr-defined]  # as the tags read it
    app.config["OPENAPI_URL_PREFIX"] = "/api/v1"
    gate.build(app, parts)
    api = Api(app)
    for resource in RESOURCES:
        api.register_blueprint(resource)
    api.note_conditions()
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(returning.create_blueprint(on_desk=parts.identity.on_desk))
    app.register_blueprint(pages.explained)
