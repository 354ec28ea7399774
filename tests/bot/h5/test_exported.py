"""A copy of one's data as a page: everything that the file has, in plain words."""

import io

import pytest

from bot.h5 import exported
from bot.h5.words import texts
from core import export
from core.accounts import Channel
from core.authorisations import AuthorisedScope
from core.cases import CaseKind
from core.certificates.ledger import CertificateState
from core.consents import Document
from core.evidence.kinds import EvidenceState
from core.institutions import CheckPurpose
from core.interests import Setting
from core.outbox.deliveries import EventKind
from core.preferences.choices import Locale
from core.preferences.kinds import NoticeKind, Outlet
from core.reports.ledger import Purpose, ReportState
from core.sign_ins import Platform
from messages import labels, wording
from tests.bot.h5.scene import USCC

CODES = {
    "addresses.channel": Channel,
    "consents.document": Document,
    "devices.platform": Platform,
    "interests.settings": Setting,
    "notice_settings.language": Locale,
    "cases.kind": CaseKind,
    "evidence.state": EvidenceState,
    "authorisations.purpose": CheckPurpose,
    "authorisations.scope": AuthorisedScope,
    "messages.kind": EventKind,
    "certificates.state": CertificateState,
    "reports.purpose": Purpose,
    "reports.state": ReportState,
}

TOLD = (
    "名称昆明示例.jpg",
    "类别异议申请",
    "状态已提交",
    "理由信息有错误",
    "情况说明金额不对",
    "给谁用的房东",
    f"企业和其他主体昆明示例建筑有限公司（{USCC}）",
    "所在的地方社区",
    "县（市）区、开发区五华区",
    "用途招标投标",
    "谁您本人",
    "看了什么信用记录",
    "失信名单提醒·微信提醒：否；",
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_and_every_code_of_an_export_has_a_name(language):
    words = wording.EXPORT[language]
    names = {name for part in export.FIELDS.values() for name in part.split()}
    assert names <= words.EXPORT_FIELDS.keys()
    assert export.FIELDS.keys() <= words.EXPORT_SECTIONS.keys()
    assert CODES.keys() == exported.TABLES.keys()
    for path, codes in CODES.items():
        assert set(codes) <= labels.table(exported.TABLES[path], language).keys(), path
    assert {f"outlet_{one}" for one in Outlet} <= texts(language).keys()
    assert set(NoticeKind) <= labels.table("NOTICE_KINDS", language).keys()


def test_whoever_has_done_much_reads_all_of_it(scene):
    phone = _busy(scene)

    phone.open("/h5/me/data")
    phone.send("/me/data/export", {"as": "page"})

    assert phone.reply.status_code == 200
    for told in TOLD:
        assert told in phone.page.text
    phone.open("/h5/me/data")
    phone.send("/look", {"language": "en"})
    phone.open("/h5/me/data")
    phone.send("/me/data/export", {"as": "page"})
    for told in ("Receipt number", "Kindobjection", "Whoyou"):
        assert told in phone.page.text


def _busy(scene):
    record = scene.record(scene.person())
    scene.entity()
    phone = scene.phone()
    photo = io.BytesIO(bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9"))
    phone.open(f"/h5/records/{record.id}/objection")
    files = [(photo, "昆明示例.jpg", "image/jpeg")]
    phone.send("/objection", {"grounds": ["wrong"], "statement": "金额不对", "files": files})
    phone.open("/h5/me/shares")
    phone.send("/me/shares", {"days": "7", "uses": "3", "note": "房东"})
    phone.open(f"/h5/entities/{USCC}")
    phone.send(f"/follows/entities/{USCC}", {"follow": "yes"})
    phone.open("/h5/me/reports")
    phone.send("/me/reports", {"purpose": "bidding"})
    phone.open("/h5/me/settings")
    phone.send("/me/settings", {"setting": "communities", "place": "530102", "language": "zh"})
    phone.open("/h5/me/credit")
    return phone


def test_of_much_the_newest_is_shown_and_how_much_more_there_is(scene, monkeypatch):
    monkeypatch.setattr(exported, "MOST", 1)
    phone = _busy(scene)
    phone.open("/h5/me/data")
    phone.send("/me/data/export", {"as": "page"})

    assert "用途查看本人信用" in phone.page.text  # the last look
    assert "用途核对能否办理异议和修复" not in phone.page.text
    assert "这里没有列出、文件里有的：3" in phone.page.text
