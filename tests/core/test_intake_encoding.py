"""A text is UTF-8 or GB18030 to its last byte; what is neither is refused with the line."""

import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake import encoding, files
from core.intake.encoding import Form, examine
from core.intake.layouts import FileRefusedError
from tests.core.department_files import LICENCE, LISTING, PENALTY, text

HEADER = ",".join(LISTING) + "\n"
GOOD = ",".join(["昆明市五华区"] * len(LISTING)) + "\n"
CHINESE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


def looked_at(content):
    return examine(io.BytesIO(content))


def refusal(content):
    with pytest.raises(FileRefusedError) as refused:
        looked_at(content)
    return str(refused.value)


def rows(content):
    file = io.BytesIO(content)
    return [line.cells for line in files.open_rows(file, examine(file)).lines]


@pytest.mark.parametrize("base", [PENALTY, LICENCE, LISTING])
@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312"])
def test_a_file_says_the_same_in_every_encoding(base, written):
    content = text(base | {"备注": "无"} if "备注" in base else base)
    assert rows(content.encode(written)) == rows(content.encode())


@pytest.mark.parametrize("name", ["㐀", "𠮷野家", "€", "\ue000", "昆明·示例"])
def test_rare_characters_of_gb18030_are_read(name):
    content = HEADER + GOOD.replace("昆明市五华区", name, 1)
    assert rows(content.encode("gb18030"))[0][0] == name


@settings(deadline=None)
@given(st.lists(st.text(CHINESE, min_size=1), min_size=1))
def test_chinese_in_gb18030_is_never_taken_for_utf8(words):
    content = ("名单种类\n" + "\n".join(words)).encode("gb18030")
    assert looked_at(content).encoding == encoding.GB18030


@settings(deadline=None)
@given(st.lists(st.text(CHINESE, min_size=6), min_size=3, max_size=9), st.data())
def test_one_damaged_byte_in_utf8_is_named_with_its_line(words, data):
    whole = "\n".join(words).encode()
    at = data.draw(st.integers(0, len(whole) - 1).filter(lambda at: whole[at] > 0xBF))
    damaged = whole[:at] + b"\xff" + whole[at + 1 :]
    assert f"（第 {whole[:at].count(10) + 1} 行读不出）" in refusal(damaged)


def test_a_byte_that_turns_utf8_into_readable_nonsense_is_found():
    # As GB18030 these bytes all read, as characters that nobody wrote.
    nonsense = (HEADER + GOOD * 3).encode() + b"\xa1\xa1" + GOOD.encode()
    assert "昆" not in nonsense.decode("gb18030")
    assert "（第 5 行读不出）" in refusal(nonsense)


def test_two_encodings_in_one_file_are_refused():
    mixed = (HEADER + GOOD).encode("gb18030") + GOOD.encode()
    assert "（第 2 行读不出）" in refusal(mixed)
    assert "（第 3 行读不出）" in refusal((HEADER + GOOD).encode() + GOOD.encode("gb18030"))


def test_the_line_is_the_one_that_the_file_s_own_encoding_cannot_read():
    short = "昆明,五华区,x\n"
    for written in ("utf-8", "gb18030"):
        content = (short * 4).encode(written) + b"\xff\n" + (short * 4).encode(written)
        assert "（第 5 行读不出）" in refusal(content)


def test_a_mark_of_utf8_is_a_promise():
    assert "（第 2 行读不出）" in refusal(b"\xef\xbb\xbfa,b\n" + "昆明".encode("gb18030"))


def test_a_last_character_cut_off_is_named():
    for written in ("utf-8", "gb18030"):
        content = (HEADER + GOOD).rstrip().encode(written)
        assert "（第 2 行读不出）" in refusal(content[:-1])


@pytest.mark.parametrize("block", [1, 7, 64])
@pytest.mark.parametrize("written", ["utf-8", "gb18030"])
def test_characters_cut_by_blocks_are_still_characters(monkeypatch, block, written):
    content = (HEADER + GOOD * 9).encode(written)
    damaged = [content[:-3] + b"\xff", content[:300] + b"\xff\xff" + content[300:]]
    whole, refused = looked_at(content), [refusal(one) for one in damaged]
    monkeypatch.setattr(encoding, "_BLOCK", block)
    assert looked_at(content) == whole
    assert [refusal(one) for one in damaged] == refused


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"PK\x03\x04...", Form.XLSX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", Form.XLS),
        (b" \n [{}]", Form.JSON),
        (b"\xef\xbb\xbf{}", Form.JSON),
        (b"a,b", Form.CSV),
        (b"[x" + b" " * (2 << 20), Form.JSON),  # the lines of JSON may be as long as they like
    ],
    ids=["xlsx", "xls", "array", "objects", "csv", "long"],
)
def test_what_a_file_is_its_content_says(content, form):
    assert looked_at(content).form is form


def test_reading_a_long_text_takes_no_more_memory_than_a_short_one():
    peaks = []
    for times in (2_000, 20_000):
        file = io.BytesIO((HEADER + GOOD * times).encode("gb18030"))
        tracemalloc.start()
        count = sum(1 for _ in files.open_rows(file, examine(file)).lines)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count == times
    assert peaks[1] < peaks[0] + (8 << 20)
