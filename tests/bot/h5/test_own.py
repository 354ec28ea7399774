"""What is one's own: credit, who looked, reports, shares, follows, messages, settings."""

from sqlalchemy import update

from core import accounts
from core.accounts import Channel
from core.db import Reading, Writing
from core.follows import follows_campaigns, lists_of, subjects_of
from core.reports.ledger import Report, ReportState
from sandbox.citizens import openid_of
from tests.bot.h5.scene import USCC

OWN = "me me/credit me/views me/reports me/shares me/cases me/follows me/inbox me/settings".split()


def _account(citizen="zhangsan"):
    with Reading() as session:
        return accounts.known_at(session, Channel.WECHAT, openid_of(citizen))


def test_nobody_sees_what_is_ones_own_without_signing_in(scene):
    phone = scene.browse()

    for place in (*OWN, "me/organisation", "records/1/eligibility", "records/1/repair"):
        reply = phone.client.get(f"/h5/{place}", base_url=phone.base)
        assert reply.status_code == 303, place
        assert reply.headers["Location"].startswith("/h5/sign-in"), place


def test_ones_credit_is_shown_with_a_timeline_after_proving_ones_name(scene):
    scene.record(scene.person())
    phone = scene.phone(proven=False)
    phone.open("/h5/me/credit")
    assert phone.place == "/h5/identity"
    phone.send("/identity")

    assert phone.place == "/h5/me/credit"
    for said in ("张三", "拖欠农民工工资", "经过", "现在可以申请信用修复"):
        assert said in phone.page.text
    assert phone.reply.headers["Cache-Control"] == "private, no-store"
    phone.open("/h5/me/views")
    assert "您本人" in phone.page.text


def test_a_proof_counts_where_it_was_given(scene):
    scene.record(scene.person())
    phone = scene.phone()
    phone.open("/h5/me/credit")
    assert phone.place == "/h5/me/credit"
    other = scene.browse().sign_in()  # another browser of the same person proves nothing

    other.open("/h5/me/credit")

    assert other.place == "/h5/identity"
    assert "再次核验" in other.page.text


def test_an_organisations_credit_is_shown_to_who_represents_it(scene):
    scene.listing(scene.entity())
    phone = scene.phone(organisation=USCC)

    phone.open("/h5/me/organisation")
    assert "昆明示例建筑有限公司" in phone.page.text
    stranger = scene.phone("lisi")
    stranger.open("/h5/me/organisation")
    assert stranger.reply.status_code == 409
    assert "昆明示例建筑有限公司" not in stranger.page.text


def test_the_way_from_ones_own_file_leads_to_that_of_ones_organisation(scene):
    scene.person()
    scene.listing(scene.entity())
    phone = scene.phone()
    phone.open("/h5/me")
    assert "/h5/identity?next=/h5/me/organisation" in phone.page.links
    phone.open("/h5/me/credit")
    assert "请点上面的“我代表的单位”" in phone.page.text

    phone.open(next(one for one in phone.page.links if one == "/h5/me/organisation"))
    assert (phone.place, phone.reply.status_code) == ("/h5/me/organisation", 409)
    phone.open(next(one for one in phone.page.links if one.startswith("/h5/identity")))
    phone.organisation = USCC
    phone.send("/identity")

    assert (phone.place, phone.reply.status_code) == ("/h5/me/organisation", 200)
    assert "昆明示例建筑有限公司" in phone.page.text
    assert "/h5/me/credit" in phone.page.links
    phone.open("/h5/me")
    assert "核验我代表的单位" not in phone.page.text


def test_who_may_not_act_for_a_record_proves_it_and_comes_back(scene):
    record = scene.listing(scene.entity())
    phone = scene.phone()
    phone.open(f"/h5/records/{record}/eligibility")
    assert phone.reply.status_code == 409

    phone.open(next(one for one in phone.page.links if one.startswith("/h5/identity")))
    phone.organisation = USCC
    phone.send("/identity")

    assert (phone.place, phone.reply.status_code) == (f"/h5/records/{record}/eligibility", 200)
    assert "去办：信用修复" in phone.page.text


def test_a_report_is_asked_for_and_is_nobody_elses(scene):
    scene.record(scene.person())
    phone, other = scene.phone(), scene.phone("lisi")

    phone.open("/h5/me/reports")
    phone.send("/me/reports", {"purpose": "self_check"})
    assert phone.place.startswith("/h5/me/reports/")
    assert "正在生成" in phone.page.text
    mine = phone.place
    other.open(mine)
    assert other.reply.status_code == 404
    other.open(f"{mine}/file")
    assert other.reply.status_code == 404
    phone.open("/h5/me/reports")
    assert mine in phone.page.links


def test_a_share_is_shown_once_answers_and_is_revoked(scene):
    scene.record(scene.person())
    phone, asker = scene.phone(), scene.browse("lisi")
    phone.open("/h5/me/shares")

    phone.send("/me/shares", {"days": "7", "uses": "3", "note": "<b>房东</b>"})
    code = phone.reply.text.partition('<p class="big">')[2].partition("<")[0]
    phone.open("/h5/me/shares")
    assert code not in phone.reply.text
    assert "&lt;b&gt;房东&lt;/b&gt;" in phone.reply.text
    asker.open("/h5/share")
    asker.send("/share", {"code": code})
    assert asker.reply.status_code == 200
    assert "张三" not in asker.reply.text
    asker.send("/share", {"code": "7KQ2-M9XD-4TBV-W8RE"})
    assert asker.reply.status_code == 409
    phone.open("/h5/me/shares")
    other = scene.phone("lisi")
    other.open("/h5/me/shares")
    place = phone.form("/revoke")["action"]
    fields = other.form("/me/shares")["fields"]
    assert other.client.post(place, base_url=other.base, data=fields).status_code == 404
    phone.send("/revoke")
    asker.open("/h5/share")
    asker.send("/share", {"code": code})
    assert asker.reply.status_code == 409


def test_following_is_switched_on_and_off(scene):
    entity = scene.entity()
    phone = scene.phone(proven=False)
    phone.open(f"/h5/entities/{USCC}")
    phone.send(f"/follows/entities/{USCC}", {"follow": "yes"})
    assert phone.place == f"/h5/entities/{USCC}"
    assert "取消关注" in phone.page.text
    phone.open("/h5/lists/WAGE_ARREARS")
    phone.send("/follows/lists/WAGE_ARREARS", {"follow": "yes"})
    phone.open("/h5/me/follows")
    phone.send("/follows/campaigns", {"follow": "yes"})

    with Reading() as session:
        assert [one.id for one in subjects_of(session, _account())] == [entity]
        assert list(lists_of(session, _account())) == ["WAGE_ARREARS"]
        assert follows_campaigns(session, _account())
    phone.open("/h5/me/follows")
    phone.send(f"/entities/{USCC}", {"follow": "no"})
    phone.send("/lists/WAGE_ARREARS", {"follow": "no"})
    phone.send("/campaigns", {"follow": "no"})
    assert phone.place == "/h5/me/follows"
    with Reading() as session:
        assert not subjects_of(session, _account())
        assert not follows_campaigns(session, _account())


def test_every_page_of_ones_own_is_there_in_both_languages(scene):
    scene.record(scene.person())
    phone = scene.phone()

    for language in ("en", "zh"):
        phone.open("/h5/")
        phone.send("/look", {"language": language, "type": "large"})
        for place in OWN:
            phone.open(f"/h5/{place}")
            assert (phone.place, phone.reply.status_code) == (f"/h5/{place}", 200)


def test_a_report_that_is_there_is_offered_and_one_that_failed_is_asked_for_again(scene):
    scene.record(scene.person())
    phone = scene.phone()
    phone.open("/h5/me/reports")
    phone.send("/me/reports", {"purpose": "self_check"})
    place = phone.place
    number = place.rpartition("/")[2]

    for state, offered, said in (
        (ReportState.VALID, True, "对方可以核验真伪"),
        (ReportState.SUPERSEDED, True, "已有更新的报告"),
        (ReportState.RECALLED, False, "已撤回"),
        (ReportState.FAILED, False, "重新申请一份"),
    ):
        with Writing() as session:
            session.execute(update(Report).where(Report.report_no == number).values(state=state))
        phone.open(place)
        assert (f"{place}/file" in phone.page.links) is offered, state
        assert said in phone.page.text
