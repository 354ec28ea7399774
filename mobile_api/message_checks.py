"""Whether a message is ours (官方消息核验): anybody may ask, and nobody learns to whom it went."""

from typing import Any

import marshmallow as ma

from core.db import Reading
from core.outbox.deliveries import EventKind
from messages import official
from messages.official import Desk, Ruling
from messages.wording import NOTICES
from mobile_api import asking, limits
from mobile_api.fields import Answer, Choice, Label, Moment, Question, Text
from mobile_api.resource import Resource

blueprint = Resource("message-checks", description="核验一条消息是不是我们发的")
blueprint.keep_private()


class MessageForm(Question):
    """What somebody got, or the code that stands on it."""

    text = Text(
        4,
        500,
        required=True,
        metadata={"description": "收到的文字，或其中的核验码", "example": "7KQ2M9XDTB"},
    )


class MessageCheck(Answer):
    """Whether a message is ours; of one that we know nothing of all the rest is null."""

    ruling = Choice(Ruling)
    ruling_label = Label("RULING_NAMES", of="ruling")
    kind = Choice(EventKind, allow_none=True, metadata={"description": "消息的种类"})
    kind_label = Label("EVENT_KINDS", of="kind", allow_none=True)
    sent_for = ma.fields.Date(allow_none=True, metadata={"description": "消息说的事情发生的日期"})
    said = ma.fields.String(
        allow_none=True,
        metadata={
            "description": "我们发出的原文，请逐字对照",
            "example": "名单公布",
        },
    )
    hint = ma.fields.String(metadata={"description": "接下来怎么办"})
    as_of = Moment(metadata={"description": "核验时间"})


@blueprint.post("")
@blueprint.doc(operationId="checkMessage", summary="核验一条消息是不是我们发的")
@blueprint.refuses("bad_json", "unsupported_media_type", "too_large", "invalid_request")
@limits.at_most(limits.GUESSES, per="address")
@blueprint.arguments(MessageForm)
@blueprint.response(200, MessageCheck)
def check(form: dict[str, Any]) -> dict[str, Any]:
    """Check a text or a code. A code alone proves little: compare the words."""
    asked = asking.current()
    desk = Desk(asked.parts.cursor_key, asked.parts.public_url)
    with Reading() as session:
        found = official.check(session, desk, form["text"], language=asked.language, now=asked.now)
    words = NOTICES[asked.language]
    return {
        "ruling": found.ruling,
        "kind": found.kind,
        "sent_for": found.on,
        "said": found.said,
        "hint": f"{words.RULINGS[found.ruling]}{words.NEVER_ASKED}",
        "as_of": asked.now,
    }
