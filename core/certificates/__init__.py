"""Certificates (信用修复决定书): what a granted repair is proved by, to anybody."""

from core.certificates.ledger import Certificate, CertificateState, of_case, owe, revoke

__all__ = ["Certificate", "CertificateState", "of_case", "owe", "revoke"]
