"""The bench of listings, in a small size: everybody is owed, and every figure is there."""

from tests.bench import listing


def test_everybody_is_owed_and_every_figure_is_there():
    size = ["--followers", "3000", "--entities", "500", "--seconds", "2", "--rounds", "2"]

    figures = listing.main(size)

    assert figures["deliveries_missing"]["value"] == 0
    assert figures["webhook_errors"]["value"] == figures["page_errors"]["value"] == 0
    assert {name for name, figure in figures.items() if figure["goal"]} == {
        *("intake_longer_ms", "deliveries_missing", "seconds_until_all_are_owed"),
        *(f"{door}_{what}" for door in ("webhook", "page") for what in ("p99_to_idle", "errors")),
    }
