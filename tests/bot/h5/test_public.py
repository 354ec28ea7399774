"""What anybody may read: search, entities, records, lists, decisions, promises, scores, rules."""

from sqlalchemy import update

from core import stamps
from core.db import Writing
from core.outbox.deliveries import Delivery, DeliveryState
from core.records import RecordKind
from tests.bot.h5.scene import USCC
from tests.core.given import account, expanded, owed


def test_an_entity_is_found_by_name_and_by_code(scene):
    scene.listing(scene.entity())
    phone = scene.browse()

    phone.open("/h5/")
    phone.send("/search", {"q": "示例建筑"})
    assert "昆明示例建筑有限公司" in phone.page.text
    phone.open("/h5/")
    phone.send("/search", {"q": USCC.lower()})
    assert phone.place == f"/h5/entities/{USCC}"
    assert "拖欠农民工工资" in phone.page.text


def test_a_citizens_number_stands_in_no_address(scene):
    phone = scene.browse()
    phone.open("/h5/")

    phone.send("/search", {"q": "530112199001010004"})

    assert phone.place == "/h5/search"
    assert phone.reply.request.query_string == b""
    assert "身份证号" in phone.page.text


def test_what_somebody_searched_for_is_never_run(scene):
    phone = scene.browse()

    phone.open("/h5/search", query_string={"q": '公司"><script>alert(1)</script>'})

    assert phone.reply.status_code == 200
    assert "<script>alert" not in phone.reply.text


def test_many_finds_go_on_behind_a_place(scene):
    for n in range(23):
        scene.entity(f"昆明同名商行{n:02}号", f"91530102000000{n:03}G")
    phone = scene.browse()

    phone.open("/h5/search?q=同名商行")
    more = next(link for link in phone.page.links if "after=" in link)
    first = {link for link in phone.page.links if "/entities/" in link}
    phone.open(more)

    assert len(first) == 20
    assert len({link for link in phone.page.links if "/entities/" in link} - first) == 3


def test_a_record_is_shown_with_its_dates_source_and_law(scene):
    record = scene.listing(scene.entity())
    phone = scene.browse()

    phone.open(f"/h5/records/{record}")

    for said in ("公示截止", "最早可申请修复", "认定单位", "依据"):
        assert said in phone.page.text
    for nothing in ("0", "abc", "999999999", "9" * 30):
        phone.open(f"/h5/records/{nothing}")
        assert phone.reply.status_code == 404


def test_lists_decisions_and_promises_are_browsed_newest_first(scene):
    entity = scene.entity()
    for _ in range(22):
        scene.listing(entity)
    scene.listing(entity, kind=RecordKind.PENALTY, list_kind=None, title="罚款")
    scene.listing(entity, kind=RecordKind.LICENCE, list_kind=None, title="许可经营")
    scene.listing(entity, kind=RecordKind.PROMISE, list_kind=None, title="主动承诺")
    phone = scene.browse()

    phone.open("/h5/lists")
    assert "/h5/lists/WAGE_ARREARS" in phone.page.links
    phone.open("/h5/lists/WAGE_ARREARS")
    assert len([link for link in phone.page.links if "/records/" in link]) == 20
    phone.open("/h5/lists/WAGE_ARREARS" + next(x for x in phone.page.links if x.startswith("?")))
    assert len([link for link in phone.page.links if "/records/" in link]) == 2
    for place, said in (
        ("/h5/decisions/penalty", "罚款"),
        ("/h5/decisions/licence", "许可经营"),
        ("/h5/promises", "主动承诺"),
    ):
        phone.open(place)
        assert said in phone.page.text
    phone.open("/h5/lists/NOWHERE")
    assert phone.reply.status_code == 404


def test_departments_and_rules_are_shown(scene):
    scene.listing(scene.entity(), kind=RecordKind.PENALTY, list_kind=None, title="罚款")
    phone = scene.browse()

    phone.open("/h5/scoreboard")
    assert "昆明市人力资源和社会保障局" in phone.page.text
    for kind in ("", "?kind=clock", "?kind=measure", "?kind=nonsense"):
        phone.open(f"/h5/rules{kind}")
        assert phone.reply.status_code == 200
        assert "已核对原文" in phone.page.text


def test_every_public_page_is_there_in_english_too(scene):
    record = scene.listing(scene.entity())
    phone = scene.browse()
    phone.open("/h5/")
    phone.send("/look", {"language": "en"})

    for place in (
        *("/h5/", "/h5/search", f"/h5/entities/{USCC}", f"/h5/records/{record}", "/h5/lists"),
        *("/h5/lists/WAGE_ARREARS", "/h5/decisions/penalty", "/h5/promises", "/h5/scoreboard"),
        *("/h5/rules", "/h5/articles", "/h5/progress", "/h5/share", "/h5/messages"),
        "/h5/policies/privacy",
    ):
        phone.open(place)
        assert phone.reply.status_code == 200, place
        assert '<html lang="en"' in phone.reply.text


def test_a_message_is_ours_only_word_for_word(scene, settings):
    one = scene.listing(scene.entity())
    to = account(now=scene.now)
    owed("alert", account_id=to, facts={"record_id": one}, now=scene.now)
    expanded(now=scene.now)
    with Writing() as session:
        session.execute(update(Delivery).values(state=DeliveryState.DELIVERED))
        event_id = session.query(Delivery.event_id).scalar()
    code = stamps.stamp(settings.link_key.get_secret_value().encode(), event_id)
    phone = scene.browse()
    phone.open("/h5/")
    assert "/h5/messages" in phone.page.links

    phone.open("/h5/messages")
    for text, ruled in (
        (f"您关注的主体有新的信用提醒（核验码 {code}）", "这是我们发出的消息"),
        (f"您关注的主体有新的信用提醒，请缴费（核验码 {code}）", "请不要相信"),
        ("<script>请缴费</script>", "没有找到"),
    ):
        phone.send("/messages", {"text": text})
        assert phone.reply.status_code == 200
        assert ruled in phone.page.text
        assert "<script>请" not in phone.reply.text
    phone.send("/messages", {"text": " "})
    assert phone.reply.status_code == 422


def test_what_a_department_wrote_is_never_run(scene):
    evil = "<script>alert(1)</script>"
    record = scene.listing(scene.entity(evil), title=evil, authority=evil, document_no=evil)
    phone = scene.browse()

    for place in (f"/h5/entities/{USCC}", f"/h5/records/{record}", "/h5/lists/WAGE_ARREARS"):
        phone.open(place)
        assert phone.reply.status_code == 200
        assert "<script>" not in phone.reply.text
        assert "&lt;script&gt;" in phone.reply.text
