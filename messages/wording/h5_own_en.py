"""The words of the H5 pages in English: what somebody reads about themselves."""

TEXTS = {
    "verify_title": "Prove your real name",
    "verify_text": "To see your own credit you first say who you are, at the city's identity "
    "service.",
    "step_up_title": "Prove it once more",
    "step_up_text": "So that nobody who holds your phone reads your records, please prove once "
    "more that it is you.",
    "verify_gets": "We are told your name and identity number, and the code of an organisation "
    "that you represent.",
    "verify_keeps": "Name and number are kept encrypted, and never stand in chats, links or logs.",
    "verify_ways": "If this does not work for you, a service counter helps, or somebody with you.",
    "verify_go": "Go on",
    "verified_on": "Your real name is known, last proved:",
    "represents": "You represent:",
    "not_verified": "Your real name is not known yet. Then you can see your credit, object, and "
    "apply for repair.",
    "sign_out": "Sign out",
}
