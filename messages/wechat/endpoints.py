"""Endpoints (接口) of WeChat that bring messages; settings name them, so nothing is loaded here."""

TEMPLATE, CUSTOM = "message/template/send", "message/custom/send"
SUBSCRIBE = "message/subscribe/bizsend"
# Lists, tags and to all together: WeChat names one quota for mass messages (§2.8).
MASS, PREVIEW = "message/mass/send", "message/mass/preview"
REMOVAL = "message/mass/delete"
