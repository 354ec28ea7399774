"""A JSON file is read object by object; a broken one is named and takes no other with it."""

import io
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake import files, objects
from core.intake.layouts import FileRefusedError, LayoutName
from core.intake.reasons import Reason

SAMPLE = Path("config/sample_data/shixin_synthetic.json")
KEYS = list(json.loads(SAMPLE.read_text("utf-8"))[0])
COMPANY = json.loads(SAMPLE.read_text("utf-8"))[1]
ONE = json.dumps(COMPANY, ensure_ascii=False)


def opened(content):
    file = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    return files.open_rows(file, files.examine(file))


def faults(content):
    return [line.fault for line in opened(content).lines]


def forms(things):
    """Write objects as an array in two shapes, and one after another in two."""
    return [
        json.dumps(things, ensure_ascii=False),
        json.dumps(things, ensure_ascii=False, indent=1),
        "\n".join(json.dumps(one, ensure_ascii=False) for one in things),
        "\r\n\r\n".join(json.dumps(one, indent=2) for one in things),
    ]


def test_the_court_s_file_is_recognised_and_every_key_is_known():
    found = opened(SAMPLE.read_bytes())
    assert (found.layout.name, found.layout.unused) == (LayoutName.JUDGMENT_DEFAULTER, ())
    assert sorted(found.layout.places) == sorted(found.layout.columns)
    assert [line.number for line in found.lines] == [1, 2]


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("form", range(4))
def test_every_form_says_the_same(form, written):
    lines = list(opened(forms([COMPANY] * 3)[form].encode(written)).lines)
    values = [str(COMPANY[key]) for key in KEYS]
    assert [line.cells for line in lines] == [values] * 3


def test_a_key_may_be_left_out_or_come_later():
    first = {key: value for key, value in COMPANY.items() if key != "businessEntity"}
    lines = list(opened(json.dumps([first, COMPANY])).lines)
    place = KEYS.index("businessEntity")
    assert [line.cells[place] for line in lines] == ["", "示例某"]


def test_keys_that_are_not_ours_are_named():
    assert opened(json.dumps([COMPANY | {"qysler": []}])).layout.unused == ("qysler",)


def test_numbers_stay_as_they_are_written_and_nothing_is_nothing():
    content = ONE.replace('"age": 0', '"age": 0.10').replace('"sexy": ""', '"sexy": null')
    cells = next(opened(content).lines).cells
    assert (cells[KEYS.index("age")], cells[KEYS.index("sexy")]) == ("0.10", "")


@pytest.mark.parametrize(
    ("middle", "fault"),
    [
        ("{}", Reason.EMPTY_ROW),
        (ONE[:-30], Reason.BROKEN_JSON),
        (ONE.replace('"courtName"', "courtName"), Reason.BROKEN_JSON),
        (ONE.replace('"iname": "', '"iname": '), Reason.BROKEN_JSON),
        ("12", Reason.BROKEN_JSON),
        ('"x"', Reason.BROKEN_JSON),
        ("[1]", Reason.BROKEN_JSON),
        ("[" * 100_000, Reason.BROKEN_JSON),
        ("x" * (3 << 20), Reason.BROKEN_JSON),
        (ONE.replace('"partyTypeName": "1"', '"partyTypeName": {"a": 1}'), Reason.NOT_TEXT),
        (ONE.replace('"areaName": "云南"', '"areaName": ["云南"]'), Reason.NOT_TEXT),
    ],
    ids=str,
)
@pytest.mark.parametrize(("begin", "between", "end"), [("[", ",\n", "]"), ("", "\n", "")])
def test_a_broken_object_takes_no_other_with_it(middle, fault, begin, between, end):
    content = begin + between.join([ONE, middle, ONE, ONE]) + end
    assert faults(content) == [None, fault, None, None]


def test_a_value_that_is_no_text_is_named_with_its_key():
    found = opened(ONE.replace('"云南"', '["云南"]'))
    assert found.layout.head_of(next(found.lines).place) == "areaName"


@pytest.mark.parametrize(
    "content",
    [
        f"[{ONE},\n{ONE[:80]}",  # cut off inside an object
        f"[{ONE},\n",  # and between two
        f"[{ONE}",
        f"[{ONE}]\n{ONE}",  # something after the end
        f"[{ONE}]]",
    ],
    ids=["inside", "between", "after", "more", "end"],
)
def test_a_file_that_was_cut_off_says_so(content):
    assert faults(content) == [None, Reason.BROKEN_JSON]


def test_a_broken_first_object_is_named_and_the_next_tells_the_layout():
    assert faults(f'[{{"iname": }},\n{ONE}]') == [Reason.BROKEN_JSON, None]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[]", "没有可以读出的 JSON 对象"),
        ("{", "没有可以读出的 JSON 对象"),
        ("[" + "1," * 99 + ONE + "]", "没有可以读出的 JSON 对象"),
        ('{"data": [1]}', "不认识这种文件"),
        (json.dumps({key: "x" for key in KEYS if key != "cardNum"}), "缺少列：证件号码"),
    ],
    ids=["empty", "open", "numbers", "other", "lacking"],
)
def test_what_is_no_file_of_ours_is_refused(content, words):
    with pytest.raises(FileRefusedError, match=words):
        opened(content)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(alphabet='a",{}[]\n昆\\: '), min_size=1, max_size=6), st.integers(1, 40))
def test_blocks_may_end_anywhere(texts, block):
    things = [COMPANY | {"duty": one} for one in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(objects, "_BLOCK", block)
        for content in forms(things):
            read = [line.cells[KEYS.index("duty")] for line in opened(content).lines]
            assert read == texts


@settings(deadline=None, max_examples=50)
@given(st.text(alphabet='{}[]",:1a\n', max_size=60))
def test_nothing_breaks_the_reader_or_swallows_the_last_good_object(text):
    try:
        lines = list(opened(f"[{ONE},\n{text}\n,{ONE}\n]").lines)
    except FileRefusedError:
        raise AssertionError from None
    assert lines[0].fault is None
    assert lines[-1].fault is None or any(line.fault for line in lines)


def test_reading_many_objects_takes_no_more_memory_than_reading_few():
    peaks = []
    for times in (500, 5_000):
        content = ("[" + ",".join([ONE] * times) + "]").encode()
        tracemalloc.start()
        assert faults(content) == [None] * times
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + (4 << 20)
