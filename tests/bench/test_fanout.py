"""The bench of sending, in a small size: everybody is told once, and every figure is there."""

from tests.bench import fanout


def test_everybody_is_told_once_and_every_figure_is_there():
    size = ["--recipients", "300", "--many", "600", "--jobs", "4", "--rate", "400"]

    figures = fanout.main(size)

    assert figures["told_twice_or_never"]["value"] == 0
    assert all(figure["value"] >= 0 for figure in figures.values())
    assert {name for name, figure in figures.items() if figure["goal"]} == {
        *("of_limit_50", "of_limit_200", "worker_cpu_us_50", "worker_cpu_us_200", "database_us"),
        *("busiest_ten_seconds_to_rate", "to_job_each", "memory_many_to_few"),
        "told_twice_or_never",
    }
