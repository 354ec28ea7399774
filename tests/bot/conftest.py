"""Entities to talk about."""

import pytest

TRAVEL = "9153010300000006X2"


@pytest.fixture
def travel(archive):
    return archive.entity("昆明示例旅行社有限公司", uscc=TRAVEL)


@pytest.fixture
def many(archive):
    """Seven entities that share a name."""
    return [archive.entity(f"昆明同名商行{n}号", uscc=f"9153010200000{n:03}9G") for n in range(7)]
