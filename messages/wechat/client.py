"""wechatpy 1.8.18's client with the faults closed that would hurt us, each named where it is."""

import json
from typing import Any

from wechatpy import WeChatClient

from messages.wechat.errcodes import Action
from messages.wechat.errors import WeChatError
from messages.wechat.tokens import Credentials, Tokens
from messages.wechat.wire import OFFICIAL, Wire


class CreditWeChat(WeChatClient):
    """One official account: wechatpy's calls over our wire, with the token that all share."""

    def __init__(self, who: Credentials, wire: Wire, tokens: Tokens) -> None:
        # A lasting 40001 sends wechatpy's own retry into endless recursion: ours happens once.
        super().__init__(who.appid, "", auto_retry=False)
        self._wire = wire
        self._tokens = tokens

    @property
    def access_token(self) -> str:
        """Return the shared token: wechatpy keeps its expiry per process and knows no lock."""
        return self._tokens.get()

    def fetch_access_token(self) -> str:
        """Return the shared token: wechatpy would fetch one of its own, without a time-out."""
        return self._tokens.get()

    def _request(self, method: str, url_or_endpoint: str, **options: Any) -> Any:  # noqa: ANN401
        finish = options.pop("result_processor", None)
        token = self._tokens.get()
        try:
            answer = self._once(method, url_or_endpoint, token, options)
        except WeChatError as error:
            if error.action is not Action.RENEW:
                raise
            self._tokens.expire(token)
            answer = self._once(method, url_or_endpoint, self._tokens.get(), options)
        return finish(answer) if finish else answer

    def _once(self, *call: Any) -> dict[str, Any]:  # noqa: ANN401 - as wechatpy hands it over
        method, endpoint, token, options = call
        params = {"access_token": token} | (options.get("params") or {})
        data = options.get("data")
        if isinstance(data, dict):
            data = _json(data)
        url = endpoint if endpoint.startswith("http") else f"{OFFICIAL}/cgi-bin/{endpoint}"
        files = {"files": options["files"]} if options.get("files") else {}
        return self._wire.call(method, url, params=params, data=data, **files)

    def send_template_once(self, body: dict[str, Any]) -> str:
        """Send a template message with its client_msg_id (wechatpy has none); return its msgid."""
        return str(self.post("message/template/send", data=body)["msgid"])

    def send_text(self, openid: str, text: str) -> None:
        """Send a customer-service message (客服消息)."""
        self.message.send_text(openid, text)


def _json(data: dict[str, Any]) -> bytes:
    # WeChat shows \uXXXX as it stands in menus and customer-service messages.
    return json.dumps(data, ensure_ascii=False).encode()
