"""Endpoints (接口) of WeChat that bring messages; settings name them, so nothing is loaded here."""

TEMPLATE, CUSTOM = "message/template/send", "message/custom/send"
SUBSCRIBE = "message/subscribe/bizsend"
