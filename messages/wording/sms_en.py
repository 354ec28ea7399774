"""Text messages in English, key for key as in Chinese."""

CODES = {
    "sign_in": "【信用昆明】{code} is your sign-in code, good for {minutes} minutes. "
    "If you did not ask for it, ignore it and tell it to nobody.",
    "step_up": "【信用昆明】{code} is your code to see or handle personal data, good for {minutes} "
    "minutes. If you did not ask for it, tell it to nobody and sign out everywhere.",
    "new_phone": "【信用昆明】{code} is your code for a new telephone number, good for {minutes} "
    "minutes. If you did not ask for it, ignore it and tell it to nobody.",
    "old_phone": "【信用昆明】Your account now has another telephone number. "
    "If it was not you, sign out on all devices and call 12345.",
}
