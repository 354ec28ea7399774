"""The H5 pages (网页): what a citizen reads and does in WeChat's own browser, on the same core."""

from bot.h5.parts import Parts
from bot.h5.site import create_blueprint

__all__ = ["Parts", "create_blueprint"]
