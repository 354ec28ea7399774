"""What is typed for a credit code and is none."""

import pytest


@pytest.mark.parametrize(
    ("typed", "length"),
    [("9153010300000006X", 17), ("9153010300000006X29", 19), ("91530103O00000I6X2", 18)],
)
def test_a_code_that_is_too_short_or_too_long_is_said_to_be(citizen, database, typed, length):
    assert f"您发的有 {length} 位" in citizen.say(typed)
    assert f"您发的有 {length} 位" in citizen.say(f"查一下 {typed}")
