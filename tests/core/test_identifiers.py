"""Identifiers are told apart, in doubt for the citizen's privacy."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from core.identifiers import (
    _MANY_DIGITS,
    COMMON,
    MAY_BE_MANY_DIGITS,
    Scheme,
    citizen_id_check_ok,
    classify,
    holds_citizen_id,
    normalise,
    org_code_check_ok,
    uscc_check_ok,
)

VECTORS = json.loads(Path("tests/data/identifier_vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", VECTORS["uscc_valid"])
def test_a_valid_code_is_a_code(number):
    assert uscc_check_ok(number)
    assert classify(number) is Scheme.USCC
    assert not holds_citizen_id(number)


@pytest.mark.parametrize("number", VECTORS["uscc_real_but_checkdigit_fails"])
def test_a_real_code_whose_check_fails_is_still_a_code(number):
    assert not uscc_check_ok(number)
    assert classify(number) is Scheme.USCC


@pytest.mark.parametrize("number", VECTORS["uscc_invalid"])
def test_an_invalid_code_fails_its_check(number):
    assert not uscc_check_ok(number)


@pytest.mark.parametrize("number", VECTORS["org_code"])
def test_an_organisation_code_passes_its_check(number):
    assert org_code_check_ok(number)
    assert not org_code_check_ok(number[:-1] + ("1" if number[-1] != "1" else "2"))


@pytest.mark.parametrize(
    "number", [*VECTORS["citizen_id_valid"], *VECTORS["ambiguous_id_and_uscc"]]
)
def test_a_citizen_s_number_is_found_however_it_is_written(number):
    spaced = f"{number[:6]} {number[6:14]}-{number[14:]}"
    wide = number.translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    for text in (number, number.lower(), spaced, wide, f"证件号码：{number}。", f"a{number}b"):
        assert holds_citizen_id(text)
    assert classify(spaced) is Scheme.CITIZEN_ID
    assert citizen_id_check_ok(number)


@pytest.mark.parametrize("number", VECTORS["citizen_id_invalid"])
def test_an_invalid_citizen_s_number_fails_its_check(number):
    assert not citizen_id_check_ok(normalise(number))


@pytest.mark.parametrize(
    "text",
    ["", "昆明示例", "昆市监罚〔2026〕12号", "2026-05-11", "13888888888", "JY25301020000000"],
)
def test_ordinary_texts_hold_no_citizen_s_number(text):
    assert not holds_citizen_id(text)


@given(st.text())
def test_any_text_is_something(text):
    assert classify(text) in Scheme
    assert holds_citizen_id(text) in {True, False}


@given(
    st.sampled_from(VECTORS["citizen_id_valid"]),
    st.lists(st.sampled_from(["", " ", "\u3000", "-", "—", ".", "，", "/", "\n"]), min_size=18),
    st.booleans(),
)
def test_a_citizen_s_number_is_found_whatever_separates_its_digits(number, between, wide):
    typed = "".join(map("".join, zip(number, between, strict=False)))
    if wide:
        typed = typed.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert holds_citizen_id(f"当事人{typed}号")


def test_what_folding_makes_of_common_characters_is_seen_before_it_is_done():
    for char in filter(COMMON.fullmatch, map(chr, range(0x110000 - 0x800))):
        folded = unicodedata.normalize("NFKC", char)
        holds_digit = any(one in "0123456789" for one in folded)
        assert holds_digit == bool(re.fullmatch("[0-9０-９]", char))
        if not normalise(char):
            digits = f"5{char}" * 15
            assert MAY_BE_MANY_DIGITS.search(digits), char


@given(st.text("0123456789０１９Xx -—－_＿.,，:／年①²昆\x1f", min_size=14, max_size=60))
def test_many_digits_once_folded_are_many_digits_before(text):
    if COMMON.fullmatch(text) and _MANY_DIGITS.search(unicodedata.normalize("NFKC", text)):
        assert MAY_BE_MANY_DIGITS.search(text)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_the_check_digit_is_the_standard_s(body):
    body = f"91{body[2:]}" if body[:8].isdigit() else f"91530102{body[8:]}"
    digit = uscc.calc_check_digit(body)
    assert uscc_check_ok(body + digit)
    assert not uscc_check_ok(body + ("1" if digit != "1" else "2"))
