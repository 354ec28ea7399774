"""The press: a PDF/A that others can read, and that no name can turn into something else."""

import io
import re
import subprocess
import sys

import pikepdf
import pytest
import typst

from config.settings import ROOT
from messages.report import press as presses
from messages.report.glyphs import Glyphs
from messages.report.press import Press
from messages.wording import report_zh as words
from tests.messages.given_reports import EDITION, snapshot, told

HOSTILE = [
    "#panic() #let x = 1",
    "*粗* _斜_ `代码`",
    "$x^2$ [内容] {块}",
    "\\ @引用 <标签> ~ -- ...",
    "= 标题",
    '"引号\' #"',
    "http://example.cn //注释 /* 注释 */",
]


@pytest.fixture(scope="module")
def press():
    return Press(EDITION)


@pytest.fixture
def read(press, poppler):
    """Set a snapshot and return the text that poppler finds, without the spaces of its layout."""

    def read(told_of):
        return re.sub(r"\s+", "", poppler.text(press.pdf(told_of)))

    return read


def test_it_says_that_it_is_a_pdf_a_2b(press):
    with pikepdf.open(io.BytesIO(press.pdf(snapshot(told())))) as pdf, pdf.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "B")
        assert xmp["dc:title"] == words.TITLE
        assert pdf.Root.Lang == "zh-CN"
        assert "/OutputIntents" in pdf.Root


def test_the_only_font_is_embedded_in_part(press, poppler):
    pdf = press.pdf(snapshot(told()))

    ((name, *held),) = poppler.fonts(pdf)

    assert re.fullmatch(r"[A-Z]{6}\+NotoSansCJKsc-Regular\S*", name)
    assert held == ["yes", "yes", "yes"]
    assert len(pdf) < 300_000


def test_its_text_is_read_as_chinese(read):
    record = told(document_no="昆市监罚〔2026〕7号")

    text = read(snapshot(record))

    for said in (
        "公共信用信息报告",
        "昆明示例滇味餐饮有限公司",
        "91530102000000019G",
        "2026112509301247QX3ZKD",
        "0123-4567-89AB-CDEF",
        "2026年11月25日09:30",
        "未经许可从事食品经营活动",
        "昆市监罚〔2026〕7号",
        "2026-05-12至2027-05-08",
        "https://credit.example.cn/wechat/reports",
        "第1页，共1页",
        *map(re.compile(r"\s").sub, [""] * 10, words.CHAPTERS),
    ):
        assert said in text


def test_pages_are_numbered_to_the_last(press, poppler):
    pdf = press.pdf(snapshot(*(told() for _ in range(200))))

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    assert pages > 3
    text = re.sub(r"\s+", "", poppler.text(pdf))
    for number in range(1, pages + 1):
        assert f"第{number}页，共{pages}页" in text
    assert text.count("事项和文书") >= pages - 1


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_read_as_markup(read, name):
    record = told(title=name, authority=name, document_no=name, basis=name)

    text = read(snapshot(record, name=name))

    assert text.count(re.sub(r"\s+", "", name)) >= 4  # in a narrow column it may be broken


def test_the_same_snapshot_gives_the_same_file(press):
    one = snapshot(told(id=1, document_no="1"))

    assert press.pdf(one) == Press(EDITION).pdf(one)
    assert press.pdf(snapshot(name="别的")) != press.pdf(one)


def test_what_the_font_lacks_is_marked_and_stops_nothing(read):
    assert "甲〓乙〓𠮷" in read(snapshot(name="甲😀乙\u0e01𠮷"))


def test_nobody_turns_a_name_around_or_breaks_it(read):
    assert "昆明甲乙公司" in read(snapshot(name="昆\u200b明\u202e甲\u2066乙\n公\x00司\ud800"))


def test_a_long_word_stays_in_its_column(press, poppler):
    pdf = press.pdf(snapshot(told(document_no="W" * 300), name="W" * 300))

    lines = poppler.text(pdf).splitlines()

    assert max(len(line.strip()) for line in lines if "WWW" in line) < 130
    assert poppler.text(pdf).count("W") == 900


def test_without_its_mark_an_unknown_character_would_stop_the_press(press):
    data = {"title": "😀"}

    with pytest.raises(typst.TypstError):
        press.set(data, at=snapshot().as_of)


def test_glyphs_are_read_from_the_font_itself():
    glyphs = Glyphs(presses._FONT, mark="〓")

    assert glyphs.shown("滇〔〕〇 Aé\t9") == "滇〔〕〇 Aé 9"
    assert glyphs.all_shown({"a": ["\u0e01", 1, None, ("x",)]}) == {"a": ["〓", 1, None, ["x"]]}


def test_no_web_process_loads_the_press():
    loaded = "set(sys.modules) & {'typst', 'noto_cjk_sans_otc'}"
    code = f"import sys, config.web; print(*({loaded}))"

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert done.stdout.strip() == ""
