"""The OpenAPI 3.1 document, with problems as problems."""

from typing import Any

import flask_smorest as smorest
import marshmallow as ma
from flask import Flask

from mobile_api import keys, problems
from mobile_api.fields import Answer, Choice

VERSION = "1.0.0"
_ABOUT = """\
信用昆明：查询法人和其他组织的公开信用信息，提出异议，申请信用修复，凭受理编号查进度。

出错时一律返回 `application/problem+json`（RFC 9457），以 `code` 区分；说明用中文，\
`Accept-Language: en` 时用英文。`type` 打开就是这类问题的说明。枚举值和字段今后可能增加，\
客户端应容忍不认识的。

- 时间都是 RFC 3339，带 `+08:00`；日期是昆明的日历日；金额是十进制的字符串。
- 请求可以带 `X-Request-Id`（8 到 64 个字母、数字、-、_），回答里原样返回。
- 应用请带 `X-Platform`（ios、android、harmony）、`X-App-Version`（如 1.4.0）和 \
`X-Installation-Id`（安装时随机生成）。版本过旧时回答 426，`store` 是应用商店地址。
- 每次提交（会生成办件、报告等的 POST）都要带随机的 `Idempotency-Key`，重试时不变：24 小时内\
只办理一次，重试得到同样的回答（带 `Idempotency-Replayed: true`）。
- 带 `ETag` 的查询支持 `If-None-Match`（304）；更改要带 `If-Match`（缺少 428，已被改过 412）。
- 访问频率按地址、设备、账户、密钥限制，余额见 `RateLimit`；超过时回答 429，请等 `Retry-After` 秒。
"""


_WHO = {
    "": "公开，无需登录。",
    "bearer": "须登录，在请求头 Authorization 中给出访问令牌。",
    "apiKey": "供核查机构调用，须给出机构的接口密钥。",
}


# Members of a problem that are not always there.
_AT_TIMES = frozenset({"errors", "minimum", "store"})


class Fault(Answer):
    """One field that is wrong."""

    pointer = ma.fields.String(
        metadata={
            "description": "#/字段（请求体）、?参数（查询串）或请求头的名称",
            "example": "#/statement",
        }
    )
    detail = ma.fields.String(metadata={"description": "哪里不对", "example": "必填。"})


class Problem(Answer):
    """Why a request failed (RFC 9457)."""

    type = ma.fields.String(
        metadata={"description": "这类问题的固定地址", "format": "uri-reference"}
    )
    title = ma.fields.String(metadata={"description": "一句话名称"})
    status = ma.fields.Integer(metadata={"description": "HTTP 状态码"})
    detail = ma.fields.String(metadata={"description": "可直接显示给用户的说明"})
    instance = ma.fields.String(metadata={"description": "报错编号，即 X-Request-Id"})
    code = ma.fields.String(metadata={"description": "固定代码，供程序判断"})
    errors = ma.fields.List(
        ma.fields.Nested(Fault), metadata={"description": "逐项说明，只在填写有误时出现"}
    )
    minimum = ma.fields.String(metadata={"description": "最低版本，只在应用版本过旧时出现"})
    store = ma.fields.String(
        metadata={"description": "应用商店地址，只在应用版本过旧时出现", "format": "uri"}
    )

    def on_bind_field(self, field_name: str, field_obj: ma.fields.Field[Any]) -> None:
        """Say that some members come with some problems only."""
        if field_name not in _AT_TIMES:
            super().on_bind_field(field_name, field_obj)


# What no single field says: a complaint about a department names it.
_CONDITIONS = {
    "ComplaintForm": {
        "if": {"properties": {"about": {"const": "department"}}, "required": ["about"]},
        "then": {"required": ["department_id"]},
    }
}


class Api(smorest.Api):  # type: ignore[misc]
    """flask-smorest with problems in the document, and no hand in the errors of other doors."""

    ERROR_SCHEMA = Problem

    def __init__(self, app: Flask) -> None:
        super().__init__(app, spec_kwargs=_spec())
        self.register_field(Choice, "string", None)
        for name, described in _HEADERS.items():
            self.spec.components.header(name, described)
        self.ma_plugin.converter.add_attribute_function(_choices)

    def note_conditions(self) -> None:
        """Say which members a form demands only because of another; call it with all known."""
        for name, condition in _CONDITIONS.items():
            self.spec.components.schemas[name] |= condition

    def _register_error_handlers(self) -> None:
        """Leave the application's own handlers alone: each resource has its own."""

    def _register_responses(self) -> None:
        # flask-smorest documents errors under the type of ordinary answers.
        self.DEFAULT_RESPONSE_CONTENT_TYPE = problems.MEDIA_TYPE
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def _register_pagination_header(self) -> None:
        """Leave pages out: our lists go on by cursor."""


def _header(description: str, example: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}, "example": example}


# What answers tell beside their content.
_HEADERS = {
    "X-Request-Id": _header("报错编号，求助时请提供", "6f0ebd8c43cf41999311954b86ba5110"),
    "RateLimit-Policy": _header("最先用完的额度：多少秒内多少次", '"address";q=1200;w=60'),
    "RateLimit": _header("这项额度还剩多少次，多少秒后恢复", '"address";r=1180;t=42'),
}


def told_by_all() -> dict[str, dict[str, str]]:
    """Return the headers of every good answer, as references."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}


def _choices(
    _: object,
    field: ma.fields.Field[Any],
    **__: Any,  # noqa: ANN401 - apispec's
) -> dict[str, Any]:
    """Offer only what may be chosen."""
    if not isinstance(field, Choice):
        return {}
    return {"enum": [*field.values, *([None] if field.allow_none else [])]}


def who_may_ask(
    doc: dict[str, Any],
    info: dict[str, Any],
    **_: Any,  # noqa: ANN401 - flask-smorest's
) -> dict[str, Any]:
    """Describe an operation, if nothing else does, by whom it is for."""
    asked = info.get("manual_doc", {}).get("security") or [{}]
    return doc | {"description": _WHO[next(iter(asked[0]), "")]}


def _spec() -> dict[str, Any]:
    bearer = {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "opaque",
        "description": "登录后得到的访问令牌；过期前后凭刷新令牌换新的",
    }
    return {
        "title": "信用昆明 App 接口",
        "version": VERSION,
        "openapi_version": "3.1.0",
        "info": {"description": _ABOUT, "contact": {"name": "信用昆明"}},
        "servers": [{"url": "/", "description": "本站"}],
        "components": {"securitySchemes": {"bearer": bearer, "apiKey": keys.SCHEME}},
    }
