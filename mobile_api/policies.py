"""Policies: the privacy policy and the terms that are in force, for anybody to read."""

from typing import Any

import marshmallow as ma

from core.consents import Document
from messages import policies
from mobile_api import asking
from mobile_api.fields import Answer, Choice, Label
from mobile_api.resource import Resource

blueprint = Resource("policies", description="隐私政策和用户协议")

VERSION = {"description": "版本，即施行日期", "example": policies.CURRENT[Document.PRIVACY]}


class Policy(Answer):
    """One document in force."""

    document = Choice(Document)
    document_label = Label("DOCUMENTS", of="document")
    version = ma.fields.String(metadata=VERSION)
    effective_from = ma.fields.Date(metadata={"description": "施行日期"})
    title = ma.fields.String(metadata={"description": "标题"})
    text = ma.fields.String(metadata={"description": "全文（Markdown）"})


class Policies(Answer):
    """All of them."""

    items = ma.fields.List(ma.fields.Nested(Policy))


@blueprint.get("")
@blueprint.doc(operationId="listPolicies", summary="查看现行的隐私政策和用户协议")
@blueprint.refuses()
@blueprint.tagged
@blueprint.response(200, Policies)
def show() -> dict[str, Any]:
    """List the documents that whoever signs in agrees to."""
    language = asking.current().language
    return {"items": [policies.read(document, language) for document in Document]}
