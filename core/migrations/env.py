"""How Alembic runs our migrations: over the connection that the caller hands in."""

from typing import Any, Literal

from alembic import context

from core.db import UtcDateTime
from core.tables import METADATA


def _is_ours(_object: Any, name: str | None, *_rest: Any) -> bool:  # noqa: ANN401
    # What the metadata cannot say: the index of bigrams of each engine.
    return "_fts" not in (name or "") and not (name or "").endswith("_grams")


def _plainly(kind: str, item: Any, _context: Any) -> str | Literal[False]:  # noqa: ANN401
    is_instant = kind == "type" and isinstance(item, UtcDateTime)
    return "sa.DateTime(timezone=True)" if is_instant else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    include_object=_is_ours,
    render_item=_plainly,
)
with context.begin_transaction():
    context.run_migrations()
