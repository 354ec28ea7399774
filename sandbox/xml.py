"""XML as WeChat writes it, and the flat reading of what comes back."""

import re
from xml.etree import ElementTree as ET

from sandbox.crypto import BadEnvelopeError
from sandbox.errors import Json

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write(fields: Json) -> str:
    """Write a push: numbers bare, texts in CDATA, parts nested."""
    return f"<xml>{inside(fields)}</xml>"


def inside(fields: Json) -> str:
    """Write the elements of one level."""
    return "".join(
        f"<{name}>{content(part)}</{name}>"
        for name, value in fields.items()
        for part in (value if isinstance(value, list) else [value])
    )


def content(value: object) -> str:
    """Write what stands in one element."""
    if isinstance(value, dict):
        return inside(value)
    if isinstance(value, int | float):
        return str(value)
    text = FORBIDDEN.sub("", str(value)).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{text}]]>"


def read(text: str) -> ET.Element:
    """Parse an answer, or say that it is none."""
    if "<!DOCTYPE" in text:
        raise BadEnvelopeError("DOCTYPE in an answer")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without DOCTYPE there are no entities
    except ET.ParseError as error:
        raise BadEnvelopeError(f"not XML: {error}") from error
    if root.tag != "xml":
        raise BadEnvelopeError(f"root is {root.tag}")
    return root


def only(root: ET.Element, name: str) -> str:
    """Read an element that must be there exactly once and not be empty."""
    found = root.findall(name)
    if len(found) != 1 or not (found[0].text or "").strip():
        raise BadEnvelopeError(f"{name} is missing, empty or there twice")
    return found[0].text or ""
