"""Links (绑定微信): a code that, sent to the official account, makes both accounts one."""

from typing import Any

import marshmallow as ma

from core import link_codes, linking, privacy
from core.db import Reading, Writing
from core.linking import AlreadyLinkedError
from mobile_api import asking
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Moment
from mobile_api.once import once
from mobile_api.resource import Resource

blueprint = Resource("me/links", description="绑定微信：微信和应用的关注、消息合在一起")
blueprint.keep_private()

_SECURITY: list[dict[str, list[str]]] = [{"bearer": []}]


class Code(Answer):
    """A code, and until when it is good."""

    code = ma.fields.String(
        metadata={"description": "绑定码；在公众号发送“绑定 绑定码”", "example": "7KQ2-M9XD"}
    )
    expires_at = Moment(metadata={"description": "过了这个时间要重新取"})


class Links(Answer):
    """What my account is linked with."""

    wechat = ma.fields.Boolean(metadata={"description": "是否已经绑定微信"})
    linked_at = Moment(allow_none=True, metadata={"description": "什么时候绑定的"})


@blueprint.post("")
@blueprint.doc(operationId="makeLinkCode", summary="取绑定微信的码", security=_SECURITY)
@blueprint.refuses("unauthorised", "already_linked")
@signed_in
@once
@blueprint.response(201, Code)
def make(caller: Caller) -> dict[str, Any]:
    """Make a code, good for ten minutes; an earlier one is good no more."""
    with Writing() as session:
        if linking.has_wechat(session, caller.account_id):
            raise AlreadyLinkedError
        code, until = link_codes.make(session, caller.account_id, now=asking.current().now)
    return {"code": privacy.show_code(code), "expires_at": until}


@blueprint.get("")
@blueprint.doc(operationId="getLinks", summary="查看是否已绑定微信", security=_SECURITY)
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.response(200, Links)
def show(caller: Caller) -> dict[str, Any]:
    """Say whether my account is linked with WeChat."""
    with Reading() as session:
        mine = caller.account_id
        is_linked = linking.has_wechat(session, mine)
        return {"wechat": is_linked, "linked_at": linking.linked_at(session, mine)}
