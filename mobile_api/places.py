"""Places: where a list ordered by day and id goes on, as a cursor."""

from datetime import date

from mobile_api import asking, cursors


def make(query: str, place: tuple[date, int] | None) -> str | None:
    """Return the cursor that goes on from a place; None at the end of a list."""
    if place is None:
        return None
    day, number = place
    return cursors.make(asking.current().parts.cursor_key, query, [day.toordinal(), number])


def read(query: str, cursor: str | None) -> tuple[date, int] | None:
    """Return the place of a cursor that we made for this query. Raises DoorError."""
    place = cursors.read(asking.current().parts.cursor_key, query, cursor)
    return (date.fromordinal(place[0]), place[1]) if place else None
