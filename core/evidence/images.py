"""Images: drawn anew from their pixels, so that nothing else comes along (no EXIF, no place)."""

import io
import warnings

from PIL import Image, ImageOps

from core.evidence.flaws import FlawedError
from core.evidence.kinds import Flaw, MediaType

MOST_PIXELS = 50_000_000
_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
_MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}
_OPTIONS = {
    "JPEG": {"quality": 90},
    "PNG": {"compress_level": 4},
    "WEBP": {"quality": 90, "method": 2},
}


def redrawn(data: bytes, media_type: MediaType) -> bytes:
    """Return the image upright, with nothing of the file but its pixels. Raises FlawedError."""
    form = _FORMATS[media_type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=(form,)) as image:
                return _drawn(image, form)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FlawedError(Flaw.TOO_MANY_PIXELS) from None
    # What a decoder raises about a broken file is not documented, and differs from kind to kind.
    except (OSError, ValueError, SyntaxError, IndexError, TypeError, KeyError, EOFError):
        raise FlawedError(Flaw.UNREADABLE) from None


def _drawn(image: Image.Image, form: str) -> bytes:
    if image.width * image.height > MOST_PIXELS:
        raise FlawedError(Flaw.TOO_MANY_PIXELS)
    # A JPEG of several pictures is a photograph with its depth or preview: the first is meant.
    if form != "JPEG" and getattr(image, "n_frames", 1) > 1:
        raise FlawedError(Flaw.ANIMATED)
    upright = ImageOps.exif_transpose(image)
    plain = _in_mode(upright, _MODES[form])
    plain.info = {}
    drawn = io.BytesIO()
    plain.save(drawn, form, **_OPTIONS[form])
    return drawn.getvalue()


def _in_mode(image: Image.Image, modes: tuple[str, ...]) -> Image.Image:
    if image.mode in modes and "transparency" not in image.info:
        return image
    has_alpha = "A" in image.mode or "transparency" in image.info
    return image.convert("RGBA" if has_alpha and "RGBA" in modes else "RGB")
