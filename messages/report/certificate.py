"""The contents of a certificate of repair: what was decided about which record, and its effect."""

from typing import Any

from core import privacy
from core.calendar import in_kunming
from core.certificates.making import Told
from messages.report.contents import Edition
from messages.wording import certificate_zh as words
from messages.wording import zh


def address(public_url: str, number: str, code: str) -> str:
    """Return where a certificate can be verified; its code stands in no query string."""
    return f"{public_url}/wechat/certificates/{number}/{code}"


def of(told: Told, edition: Edition) -> dict[str, Any]:
    """Return all that the layout needs, as JSON takes it."""
    # What a citation says of the rule itself stands behind its name.
    basis = edition.citations.get(told.rule or "", words.BASIS).partition("：")[0]
    issued, decided_on = in_kunming(told.issued_at), words.DATE.format(told.decided_on)
    return {
        "title": words.TITLE,
        "issuer": words.ISSUER,
        "date": {"year": issued.year, "month": issued.month, "day": issued.day},
        "footer": words.FOOTER.format(number=told.number),
        "qr_alt": words.QR_ALT,
        "qr_hint": words.QR_HINT,
        "facts": _facts(told, edition.public_url),
        "opening": words.OPENING.format(basis=basis, decided_on=decided_on),
        "effects": words.EFFECTS,
        "closing": words.CLOSING,
        "authority": told.authority,
        "decided_on": decided_on,
    }


def _facts(told: Told, public_url: str) -> list[tuple[str, str]]:
    said = {
        "name": told.name,
        "uscc": told.uscc,
        "id_number": told.id_number,
        "record": zh.RECORD_KINDS[told.record_kind],
        "document_no": told.document_no,
        "authority": told.authority,
        "decided_on": words.DATE.format(told.decided_on),
        "number": told.number,
        "verify_code": privacy.show_code(told.verify_code),
        "verify_at": f"{public_url}/wechat/certificates",
    }
    return [(label, text) for name, label in words.FACTS.items() if (text := said[name])]
