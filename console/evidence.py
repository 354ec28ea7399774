"""Evidence as a browser gets it: the kind that it was found to be, where no script can run."""

from flask import Response

from console import gate
from core.casework.detail import File, StaffDetail
from core.evidence.kinds import EvidenceState, MediaType
from core.evidence.ledger import Evidence

# `sandbox` gives a file an origin of its own, without scripts, forms or pop-ups. A frame's own
# sandbox would keep the browser from showing PDFs at all; this one does not.
_SANDBOX = "default-src 'none'; img-src 'self'; frame-ancestors {}; sandbox"
_FRAMED = f"{gate.POLICY}; frame-src 'self'"
_PIECE = 65536


def answer(one: Evidence, data: bytes, *, saved: bool) -> Response:
    """Give one file in clear: to be saved, or to be shown; a PDF also in a frame of ours."""
    response = Response(data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
    response.mimetype = one.media_type
    response.content_length = len(data)
    name = f"evidence-{one.id}.{one.media_type.partition('/')[2]}"
    shown_as = "attachment" if saved else "inline"
    response.headers["Content-Disposition"] = f'{shown_as}; filename="{name}"'
    is_framed = one.media_type is MediaType.PDF and not saved
    response.headers["Content-Security-Policy"] = _SANDBOX.format(
        "'self'" if is_framed else "'none'"
    )
    if is_framed:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def viewed(found: StaffDetail, public_id: str | None) -> File | None:
    """Return the PDF of a case that is to be shown beside it, if there is such a one."""
    fit = (
        one
        for one in found.evidence
        if one.evidence.state is EvidenceState.CLEAN and one.evidence.media_type is MediaType.PDF
    )
    return next((one for one in fit if one.evidence.public_id == public_id), None)


def let_frame(page: Response) -> Response:
    """Let a page show a file of ours in a frame, and change nothing else of the policy."""
    page.headers["Content-Security-Policy"] = _FRAMED
    return page
