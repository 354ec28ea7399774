"""Words of checks by institutions, in English, key for key as in Chinese."""

CHECK_PURPOSES = {
    "procurement": "government procurement",
    "tendering": "tendering",
    "approval": "administrative approval",
    "public_funds": "public funds",
    "awards": "awards and honours",
    "financing": "financing",
    "supervision": "supervision by class of credit",
}

LIMITS = (
    "It holds only public information of Kunming's catalogue that was in its term when asked for.",
    "Records that were repaired, withdrawn or suspended, or whose term is over, are not in it.",
    "That nothing was found does not mean that there is nothing: some may not be reported yet.",
    "It is no rating and no score; please decide as the law of your matter says.",
)
