"""Words about accounts in English, key for key as in Chinese."""

DOCUMENTS = {"privacy": "Privacy policy", "terms": "Terms of use"}

CHANGED_CARD = ("Your account was changed", "Tap to read")
CHANGED = {
    "phone": "The telephone number of your account was changed",
    "wechat": "Your account in the app was linked with WeChat",
}
CHANGED_AT = "Time"
CHANGED_HINT = (
    "If it was not you, sign out on all devices, verify your identity anew, and call 12345."
)
