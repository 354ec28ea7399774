"""The bench of campaigns, in a small size: everybody is in one call, and every figure is there."""

from tests.bench import campaign


def test_everybody_is_in_one_call_and_every_figure_is_there():
    figures = campaign.main(["--recipients", "300"])

    assert figures["told_twice_or_never"]["value"] == 0
    assert figures["not_accepted"]["value"] == 0
    assert figures["calls"]["value"] == 1
    assert {name for name, figure in figures.items() if figure["goal"]} == {
        *("seconds_for_a_million", "told_twice_or_never", "not_accepted"),
    }
