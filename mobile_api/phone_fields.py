"""Fields about a telephone: its number, and the code that was sent to it."""

import marshmallow as ma

from core.phones import MOBILE
from mobile_api.fields import NAMES, exactly

_SIX = "^[0-9]{6}$"


class Mobile(ma.fields.String):
    """A mobile number of the mainland."""

    default_error_messages = NAMES | {"invalid": "text"}

    def __init__(self) -> None:
        described = {"description": "手机号码", "pattern": MOBILE, "example": "13800138000"}
        super().__init__(required=True, validate=exactly(MOBILE, "phone"), metadata=described)


class SixDigits(ma.fields.String):
    """A code of a text message."""

    default_error_messages = NAMES | {"invalid": "text"}

    def __init__(self) -> None:
        described = {"description": "短信验证码", "pattern": _SIX, "example": "024680"}
        super().__init__(required=True, validate=exactly(_SIX, "six_digits"), metadata=described)
