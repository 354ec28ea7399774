"""Lists and decisions of one district: chosen without JavaScript, kept while one reads on."""

import pytest

from core import browse
from core.records import RecordKind

LIST, WUHUA, PANLONG = "/h5/lists/WAGE_ARREARS", "530102", "530103"


@pytest.fixture
def firms(scene):
    """Put a firm of two districts on record."""
    return [
        scene.entity(f"昆明{name}商行", f"91{code}00000001{n}G")
        for n, (name, code) in enumerate((("五华", WUHUA), ("盘龙", PANLONG)))
    ]


def _records(phone):
    return [link for link in phone.page.links if "/records/" in link]


def test_a_list_shows_the_district_that_was_chosen_and_names_it(scene, firms):
    for firm in firms:
        scene.listing(firm)
    phone = scene.browse()

    phone.open(LIST)
    assert {"全市", "五华区", "安宁市"} <= set(phone.page.texts)
    assert phone.reply.text.count("<option") == 15
    assert '<label for="district">县（市）区</label>' in phone.reply.text
    assert "district" in phone.form(LIST)["named"]
    assert len(_records(phone)) == 2

    phone.open(f"{LIST}?district={WUHUA}")
    assert "昆明五华商行" in phone.page.text
    assert "昆明盘龙商行" not in phone.page.text
    for tag in ("h1", "title"):
        assert " · 五华区" in phone.reply.text.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
    assert f'<option value="{WUHUA}" selected>' in phone.reply.text


@pytest.mark.parametrize("place", [LIST, "/h5/decisions/penalty"])
def test_where_nobody_is_listed_the_whole_city_is_named(scene, place):
    phone = scene.browse()

    phone.open(f"{place}?district={WUHUA}")

    assert "可以改选“全市”" in phone.page.text


@pytest.mark.parametrize("kind", ["penalty", "licence"])
def test_decisions_show_the_district_that_was_chosen_and_lead_to_the_other_kind(scene, firms, kind):
    for firm in firms:
        scene.listing(firm, kind=RecordKind(kind), list_kind=None, title="一项决定")
    other = "licence" if kind == "penalty" else "penalty"
    phone = scene.browse()

    phone.open(f"/h5/decisions/{kind}?district={PANLONG}")

    assert "昆明盘龙商行" in phone.page.text
    assert "昆明五华商行" not in phone.page.text
    assert " · 盘龙区</h1>" in phone.reply.text
    assert f"/h5/decisions/{other}?district={PANLONG}" in phone.page.links


@pytest.mark.parametrize("place", [LIST, "/h5/decisions/penalty"])
def test_the_next_page_is_of_the_same_district(scene, firms, place):
    penalty = {"kind": RecordKind.PENALTY, "list_kind": None, "title": "罚款"}
    for firm in (*firms, *[firms[0]] * 20):
        scene.listing(firm, **({} if place == LIST else penalty))
    phone = scene.browse()

    phone.open(f"{place}?district={WUHUA}")
    assert len(_records(phone)) == 20
    phone.open(place + next(link for link in phone.page.links if "after=" in link))

    assert len(_records(phone)) == 1
    assert " · 五华区</h1>" in phone.reply.text


@pytest.mark.parametrize("named", ["", "530100", "五华区", "999999", '"><script>'])
def test_what_is_no_district_is_the_whole_city(scene, firms, named):
    scene.listing(firms[0])
    phone = scene.browse()

    phone.open(LIST, query_string={"district": named})

    assert len(_records(phone)) == 1
    assert " · " not in phone.reply.text.partition("<h1>")[2].partition("</h1>")[0]


def test_a_stretch_without_the_district_says_to_go_on(scene, firms, monkeypatch):
    monkeypatch.setattr(browse, "STRETCH", 1)
    monkeypatch.setattr(browse, "STRETCHES", 1)
    for firm in firms:  # the newer of a day comes first
        scene.listing(firm)
    phone = scene.browse()

    phone.open(f"{LIST}?district={WUHUA}")
    assert "接着往前查" in phone.page.text
    phone.open(LIST + next(link for link in phone.page.links if "after=" in link))

    assert "昆明五华商行" in phone.page.text


def test_who_follows_a_list_or_reads_in_english_stays_in_the_district(scene, firms):
    phone = scene.phone()
    place = f"{LIST}?district={WUHUA}"

    phone.open(place)
    assert "关注这份名单 · 全市" in phone.page.text
    phone.send("/me/follows/lists/WAGE_ARREARS", {"follow": "yes"})
    assert " · 五华区</h1>" in phone.reply.text
    assert "取消关注" in phone.page.text
    phone.send("/look", {"language": "en"})

    assert " · Wuhua District</h1>" in phone.reply.text
    assert phone.reply.request.query_string == f"district={WUHUA}".encode()
