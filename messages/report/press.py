"""The press: sets papers as PDF/A-2b. Only workers and commands load it, no web process does."""

import io
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import noto_cjk_sans_otc  # type: ignore[import-untyped]
import segno
import typst

from core.certificates.making import Told
from core.reports.telling import Snapshot
from messages.report import certificate, contents
from messages.report.contents import Edition
from messages.report.glyphs import Glyphs
from messages.wording import report_zh as words

_MASK = 2
_LAYOUT = Path(__file__).with_name("report.typ")
_CERTIFICATE = Path(__file__).with_name("certificate.typ")
_FONT = Path(noto_cjk_sans_otc.__file__).with_name("NotoSansCJK-Regular.ttc")


class Press:
    """One typst compiler for each layout, with one font: costly, so that each process keeps one."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._glyphs = Glyphs(_FONT, mark=words.UNSHOWN)
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONT.parent]
        )
        self._compilers = {layout: self._compiler(layout) for layout in (_LAYOUT, _CERTIFICATE)}

    def pdf(self, told: Snapshot) -> bytes:
        """Set a report: the same snapshot gives the same bytes."""
        data = self._glyphs.all_shown(contents.of(told, self._edition))
        url = contents.address(self._edition.public_url, told.report_no, told.verify_code)
        return self.set(data | {"qr": _qr(url)}, at=told.as_of)

    def certificate(self, told: Told) -> bytes:
        """Set a certificate of repair: the same facts give the same bytes."""
        data = self._glyphs.all_shown(certificate.of(told, self._edition))
        url = certificate.address(self._edition.public_url, told.number, told.verify_code)
        return self.set(data | {"qr": _qr(url)}, at=told.issued_at, layout=_CERTIFICATE)

    def set(self, data: Mapping[str, Any], *, at: datetime, layout: Path = _LAYOUT) -> bytes:
        """Set data as the layout wants it; typst parses no text in it."""
        made: Any = self._compilers[layout].compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards="a-2b",
            timestamp=int(at.timestamp()),
        )
        return bytes(made)

    def _compiler(self, layout: Path) -> typst.Compiler:
        return typst.Compiler(layout, root=layout.parent, font_paths=self._fonts)


def _qr(url: str) -> str:
    drawn = io.BytesIO()
    # Any mask can be read; trying all eight for the best one costs as much as a page.
    segno.make(url, error="m", mask=_MASK, micro=False).save(
        drawn, kind="svg", border=1, xmldecl=False
    )
    return drawn.getvalue().decode()
