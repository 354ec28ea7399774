"""Purposes (用途): for what our own doors read a natural person's data, and what law lets them.

Codes and a law's name: they stand in the trail, and the person reads them in plain words.
"""

from dataclasses import dataclass

from core.audit.trail import Access

_ACCESS_RIGHT = "《个人信息保护法》第四十五条"
_CONSENT = "《个人信息保护法》第十三条第一款第一项"
_DUTY = "《个人信息保护法》第十三条第一款第三项"


@dataclass(frozen=True)
class Asker:
    """Who looks, in which role, for what purpose, on which legal basis: codes, and a law's name."""

    actor: str
    role: str
    purpose: str
    legal_basis: str

    def reads(self, subject_id: int, *fields: str) -> Access:
        """Return what is noted when these fields of a person are read."""
        return Access(**vars(self), fields=fields, subject_id=subject_id)


def own_file(account_id: int) -> Asker:
    """Let persons read what is on record about themselves."""
    return Asker(f"account:{account_id}", "self", "own_file", _ACCESS_RIGHT)


def own_report(account_id: int) -> Asker:
    """Let persons have a report about themselves."""
    return Asker(f"account:{account_id}", "self", "own_report", _ACCESS_RIGHT)


def own_certificate(account_id: int) -> Asker:
    """Let persons have the certificate of a repair of their own."""
    return Asker(f"account:{account_id}", "self", "own_certificate", _ACCESS_RIGHT)


def upstream(actor: str = "cli") -> Asker:
    """Let the platform above know whose repair was granted or revoked; `actor` writes it down."""
    return Asker(actor, "upstream", "upstream", _DUTY)


def share(share_id: int) -> Asker:
    """Answer whoever was given a code: that the person gave it is the consent."""
    return Asker(f"share:{share_id}", "share_recipient", "share_answer", _CONSENT)


def staff(actor: str, purpose: str) -> Asker:
    """Let our staff read what their duty by law asks for."""
    return Asker(actor, "staff", purpose, _DUTY)
