"""Words about accounts in English, key for key as in Chinese."""

DOCUMENTS = {"privacy": "Privacy policy", "terms": "Terms of use"}
