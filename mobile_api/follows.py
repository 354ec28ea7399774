"""My follows (关注): entities and lists that I want to hear of, and the campaigns."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import marshmallow as ma

from core import campaigns, follows, query, watch
from core.calendar import day
from core.db import Reading, Writing
from core.errors import ListNotFoundError, NotFollowedError
from core.follows import Topic
from core.subjects import read_code
from mobile_api import asking
from mobile_api.auth import Caller, signed_in
from mobile_api.entities import Named
from mobile_api.fields import Answer, Moment
from mobile_api.resource import Resource

blueprint = Resource("me/follows", description="我的关注：主体、名单和诚信宣传")
blueprint.keep_private()


class FollowedList(Answer):
    """A list that I follow."""

    list_kind = ma.fields.String(metadata={"description": "名单代码", "example": "WAGE_ARREARS"})
    name = ma.fields.String(metadata={"description": "名单名称"})


class Follows(Answer):
    """Everything that I follow, newest first; 200 entities and 200 lists at most."""

    entities = ma.fields.List(ma.fields.Nested(Named))
    lists = ma.fields.List(ma.fields.Nested(FollowedList))
    campaigns = ma.fields.Boolean(metadata={"description": "是否订阅诚信宣传"})
    as_of = Moment(metadata={"description": "查询时间"})


@blueprint.get("")
@blueprint.doc(operationId="listFollows", summary="我的关注", security=[{"bearer": []}])
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.tagged
@blueprint.response(200, Follows)
def show(caller: Caller) -> dict[str, Any]:
    """List what I follow."""
    asked, who = asking.current(), caller.account_id
    with Reading() as session:
        lists = [asked.parts.rules.lists.get(code) for code in follows.lists_of(session, who)]
        return {
            "entities": follows.subjects_of(session, who),
            "lists": [{"list_kind": one.code, "name": one.name} for one in lists if one],
            "campaigns": follows.follows_campaigns(session, who),
            "as_of": asked.now,
        }


@blueprint.put("/entities/<uscc>")
@blueprint.doc(operationId="followEntity", summary="关注主体", security=[{"bearer": []}])
@blueprint.refuses(
    *("unauthorised", "entity_not_found", "not_a_code", "citizen_id_refused", "too_many_follows")
)
@signed_in
@blueprint.response(204)
def follow_entity(caller: Caller, uscc: str) -> None:
    """Follow an entity: I am told when it lands on a black list. Again is the same."""
    now = asking.current().now
    with Writing() as session:
        entity = query.by_uscc(session, read_code(uscc), today=day(now))
        watch.follow(session, caller.account_id, entity.id, now=now)


@blueprint.delete("/entities/<uscc>")
@blueprint.doc(operationId="unfollowEntity", summary="取消关注主体", security=[{"bearer": []}])
@blueprint.refuses("unauthorised", "entity_not_found", "not_a_code", "citizen_id_refused")
@signed_in
@blueprint.response(204)
def unfollow_entity(caller: Caller, uscc: str) -> None:
    """Follow an entity no longer."""
    now = asking.current().now
    with Writing() as session:
        entity = query.by_uscc(session, read_code(uscc), today=day(now))
        with suppress(NotFollowedError):
            watch.unfollow(session, caller.account_id, entity.id, now=now)


@blueprint.put("/lists/<list_kind>")
@blueprint.doc(operationId="followList", summary="关注名单", security=[{"bearer": []}])
@blueprint.refuses("unauthorised", "list_not_found", "too_many_follows")
@signed_in
@blueprint.response(204)
def follow_list(caller: Caller, list_kind: str) -> None:
    """Follow a list: I am told of each release. Again is the same."""
    _of_list(follows.start, caller, list_kind)


@blueprint.delete("/lists/<list_kind>")
@blueprint.doc(operationId="unfollowList", summary="取消关注名单", security=[{"bearer": []}])
@blueprint.refuses("unauthorised", "list_not_found")
@signed_in
@blueprint.response(204)
def unfollow_list(caller: Caller, list_kind: str) -> None:
    """Follow a list no longer."""
    with suppress(NotFollowedError):
        _of_list(follows.end, caller, list_kind)


@blueprint.put("/campaigns")
@blueprint.doc(operationId="followCampaigns", summary="订阅诚信宣传", security=[{"bearer": []}])
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.response(204)
def follow_campaigns(caller: Caller) -> None:
    """Subscribe to the city's integrity campaigns. Again is the same."""
    with Writing() as session:
        campaigns.subscribe(session, caller.account_id, now=asking.current().now)


@blueprint.delete("/campaigns")
@blueprint.doc(operationId="unfollowCampaigns", summary="退订诚信宣传", security=[{"bearer": []}])
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.response(204)
def unfollow_campaigns(caller: Caller) -> None:
    """End the subscription."""
    with suppress(NotFollowedError), Writing() as session:
        campaigns.unsubscribe(session, caller.account_id, now=asking.current().now)


def _of_list(change: Callable[..., Any], caller: Caller, list_kind: str) -> None:
    asked = asking.current()
    if list_kind not in asked.parts.rules.lists:
        raise ListNotFoundError
    with Writing() as session:
        number = follows.number_of_list(session, list_kind)
        change(session, caller.account_id, Topic.LIST, subject_id=number, now=asked.now)
