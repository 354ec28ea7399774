"""Meta: what an app asks before anything else."""

from typing import Any

import marshmallow as ma

from mobile_api import asking
from mobile_api.document import VERSION
from mobile_api.editions import App, Platform
from mobile_api.fields import Answer, Choice, Label, Moment
from mobile_api.resource import Resource

blueprint = Resource("meta", description="服务器时间、应用版本和维护通知")

_NUMBER = {"example": "1.0.0"}


class AppEdition(Answer):
    """The app on one platform."""

    platform = Choice(Platform, metadata={"description": "平台"})
    platform_label = Label("PLATFORMS", of="platform")
    minimum = ma.fields.String(
        metadata=_NUMBER | {"description": "最低版本；再旧的请求得到 426，请用户升级"}
    )
    latest = ma.fields.String(metadata=_NUMBER | {"description": "最新版本"})
    store = ma.fields.String(
        metadata={
            "description": "应用商店地址",
            "format": "uri",
            "example": "https://apps.apple.com/cn/iphone/search?term=%E4%BF%A1%E7%94%A8%E6%98%86%E6%98%8E",
        }
    )


class MaintenanceNotice(Answer):
    """One time during which the service may be away."""

    begins = Moment(data_key="from", metadata={"description": "开始时间"})
    ends = Moment(data_key="to", metadata={"description": "结束时间"})
    text = ma.fields.String(
        metadata={"description": "说明，可直接显示", "example": "系统维护，暂停服务。"}
    )


class Meta(Answer):
    """What an app asks before anything else."""

    server_time = Moment(metadata={"description": "服务器时间"})
    api_version = ma.fields.String(metadata=_NUMBER | {"description": "接口版本"})
    platforms = ma.fields.List(
        ma.fields.Nested(AppEdition), metadata={"description": "各平台的应用版本"}
    )
    maintenance = ma.fields.List(
        ma.fields.Nested(MaintenanceNotice),
        metadata={"description": "还没有结束的维护通知，先开始的在前"},
    )


@blueprint.get("")
@blueprint.doc(operationId="getMeta", summary="服务器时间、应用版本和维护通知")
@blueprint.refuses()
@blueprint.tagged
@blueprint.response(200, Meta)
def show() -> dict[str, Any]:
    """Tell an app the time, which versions are served, and when we shall be away."""
    asked = asking.current()
    app = asked.parts.app or App({})
    coming = [one for one in app.maintenance if one.ends > asked.now]
    return {
        "server_time": asked.now,
        "api_version": VERSION,
        "platforms": [{"platform": name, **vars(one)} for name, one in app.platforms.items()],
        "maintenance": [
            {**vars(one), "text": getattr(one, asked.language)}
            for one in sorted(coming, key=lambda one: one.begins)
        ],
    }
