"""How a record is recognised never changes: the archive holds the marks of years."""

import hashlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intake import rows
from tests.core.department_files import LISTING, PENALTY, read

_TEXTS = st.text() | st.none() | st.sampled_from(["penalty", '"\\', "\x00\n", "滇味〔2026〕"])
_FACTS = st.dictionaries(st.text(), st.text() | st.none() | st.booleans() | st.lists(st.text()))


@pytest.mark.parametrize(
    ("base", "key", "said"),
    [
        (
            PENALTY,
            "6e178942e35377d5dbdfb9a892c4e203c0423f04c1482cd19e742f87c3960ecb",
            "7e7fb01038a583e35f52db42d386d90f",
        ),
        (
            LISTING,
            "16cb346a57fe000ee031914489d2652b73392742051b32d453cdff372262cbb1",
            "cdc2d28739d058171a01fe7e1af684a9",
        ),
    ],
)
def test_a_row_has_the_key_and_the_mark_that_it_always_had(base, key, said):
    row = read(base)
    assert (row.natural_key, row.fingerprint[:32]) == (key, said)


@given(st.lists(_TEXTS | st.dates() | _FACTS | st.integers(), max_size=8))
def test_what_is_written_is_what_the_encoder_writes(parts):
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    expected = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    assert rows._hash(parts) == expected


def test_a_day_is_written_as_such():
    text = json.dumps(["a", None, date(2026, 11, 1)], default=str)
    assert rows._hash(["a", None, date(2026, 11, 1)]) == hashlib.sha256(text.encode()).hexdigest()
