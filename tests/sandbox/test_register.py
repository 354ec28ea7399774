"""What the next run of the sandbox still knows, and what it never says again."""

from dataclasses import replace

import pytest

from sandbox.options import Options
from sandbox.world import World


@pytest.fixture
def options(tmp_path):
    return Options(register=tmp_path / "var" / "citizens.jsonl", now=lambda: 1_764_000_000.5)


def stands(world):
    return {citizen.openid: (citizen.following, citizen.followed_at) for citizen in world.citizens}


def test_it_goes_on_with_the_last_of_every_citizen(options):
    first = World(options)
    anna, berta = (first.citizens.add(openid) for openid in ("oA", "oB"))
    first.citizens.follow(anna)
    first.citizens.follow(berta)
    first.citizens.leave(berta)

    second = World(options)

    assert stands(second) == stands(first)
    assert stands(second)["oA"] == (True, 1_764_000_000)
    assert [c.name for c in second.citizens.shown] == ["张三", "李四", "王五"]
    assert len(options.register.read_text().splitlines()) == 2


def test_half_a_line_of_whoever_was_killed_is_passed_over(options):
    World(options).citizens.follow(World(options).citizens.add("oA"))
    with options.register.open("a") as file:
        file.write('{"openid": "oB", "foll')

    assert stands(World(options))["oA"][0]
    assert "oB" not in stands(World(options))


def test_a_reset_forgets_for_good(options):
    world = World(options)
    world.citizens.follow(world.citizens.add("oA"))

    world.reset()

    assert "oA" not in stands(World(options))


def test_without_a_file_nothing_is_kept(options):
    world = World(replace(options, register=None))
    world.citizens.follow(world.citizens.add("oA"))
    world.reset()

    assert not options.register.exists()


def test_a_number_of_an_earlier_run_does_not_come_again(options):
    first = World(options)
    said = {next(first.push_ids) for _ in range(1000)} | {next(first.msgids) for _ in range(1000)}

    second = World(replace(options, now=lambda: 1_764_000_001.5))

    assert next(second.push_ids) not in said
    assert next(second.msgids) not in said
