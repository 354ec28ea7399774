"""The bench of alerts, in a small size: each comes, and every figure is there."""

from tests.bench import alerts


def test_every_alert_comes_and_every_figure_is_there():
    size = ["--queued", "2000", "--recipients", "3000", "--alerts", "3", "--rate", "200"]

    figures = alerts.main(size)

    assert figures["alerts"]["value"] == 3
    assert figures["queued_redis_mib"]["met"]
    assert figures["redis_peak_mib"]["met"]
    assert {name for name, figure in figures.items() if figure["goal"]} == {
        *("queued_redis_mib", "redis_peak_mib", "alert_seconds_p99", "campaign_left"),
    }
