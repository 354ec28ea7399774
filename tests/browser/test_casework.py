"""Casework as people do it: the citizen's app, the staff's browsers, real workers in between."""

import io
from types import SimpleNamespace

import pytest
import requests
from PIL import Image
from playwright.sync_api import expect

from core.staff.roles import Role
from tests.browser.desk import look, until

pytestmark = pytest.mark.timeout(300)
FOLLOWER = "oBrowser_0000000000000000001"
DISPUTE = {"grounds": ["wrong"], "statement": "我单位没有欠薪。"}


@pytest.fixture
def crew(scene, enter):
    """`ours` work for the platform, `theirs` for the department, which has a reviewer."""
    scene.listing()  # by which the department is known
    return SimpleNamespace(
        ours=enter(Role.CASE_HANDLER),
        theirs=enter(Role.CASE_HANDLER, department_id=scene.department),
        reviewer=enter(Role.REVIEWER, department_id=scene.department),
    )


def test_a_repair_goes_from_the_app_to_the_certificate_and_back(
    service, scene, crew, page, tmp_path
):
    listing, app = alerted(service, scene), scene.app()
    code = filed(app, listing, tmp_path)
    prepared(crew, code)
    assert is_public(app, listing)  # one alone changes nothing

    confirmed(crew, code)
    assert not is_public(app, listing)
    assert app.case(code)["state"] == "applied"
    service.until(lambda: sent_to(service, FOLLOWER) == 2)
    verified(app, code, page)

    revoked(crew)
    page.reload()
    expect(page.get_by_role("heading", name="这份决定书已撤销")).to_be_visible()
    look(page, "H5-决定书已撤销")
    assert is_public(app, listing)
    service.until(lambda: sent_to(service, FOLLOWER) == 3)


def test_objections_are_upheld_refused_and_reviewed(scene, crew, enter):
    wrong, right, app = scene.listing(), scene.listing(), scene.app()
    upheld, refused = (disputed(app, crew, one) for one in (wrong, right))
    look(crew.ours.page, "办件-异议-已转交")

    reason = {"outcome": "upheld", "reason": "record_wrong", "remedy": "withdraw"}
    decided(crew.theirs, crew.reviewer, upheld, **reason, text="记录有误，撤下。")
    assert app.case(upheld)["state"] == "applied"
    assert not is_public(app, wrong)

    reason = {"outcome": "refused", "reason": "matches_the_decision"}
    decided(crew.theirs, crew.reviewer, refused, **reason, text="与列入决定书一致。")
    shown = app.case(refused)
    assert (shown["state"], shown["possible"][0]["code"]) == ("refused", "review")
    assert shown["outcome"]["reasons"][0]["fix"]

    again = app.post(f"/me/cases/{refused}/review", json={"statement": "请再看工资表。"})
    others = enter(Role.CASE_HANDLER), enter(Role.REVIEWER)
    decided(*others, again["receipt_code"], **reason, text="复核结论一致。")
    assert app.case(again["receipt_code"])["state"] == "refused"
    assert is_public(app, right)


def sent_to(service, openid):
    """Count the messages that a phone has got."""
    return sum(one["openid"] == openid for one in service.read("messages")["messages"])


def is_public(app, record_id):
    return requests.get(f"{app.base}/records/{record_id}", timeout=60).ok


def alerted(service, scene):
    """List the entity and let a follower hear of it; return the record."""
    listing = scene.listing()
    scene.follow(FOLLOWER)
    scene.alert(listing)
    service.until(lambda: sent_to(service, FOLLOWER) == 1)
    return listing


def filed(app, listing, folder):
    """Ask what a repair takes, send it with a PDF, and return the receipt code."""
    may = app.get(f"/records/{listing}/eligibility").json()["repair"]
    assert may["may"], may
    form = {
        "record_id": str(listing),
        "statement": "工资已经全部付清，见凭证。",
        "evidence": [app.evidence(folder)],
        "promised": True,
        "promise_version": may["promise_version"],
    }
    return app.post("/repairs", json=form)["receipt_code"]


def prepared(crew, code):
    """Forward, accept, read the evidence, propose."""
    crew.ours.open_case(code)
    look(crew.ours.page, "办件-修复-待转交")
    crew.ours.take("forward")
    theirs = crew.theirs
    theirs.page.goto(f"{theirs.base}/console/cases/")
    look(theirs.page, "办件队列")
    theirs.open_case(code)
    theirs.take("accept")
    read_evidence(theirs.page)
    said = {"reason": "obligations_fulfilled", "text": "凭证核实，准予修复。"}
    theirs.take("propose", outcome="upheld", **said)
    look(theirs.page, "办件-修复-已拟办")


def read_evidence(page):
    """Open the PDF beside the case, in the browser's own viewer, and save it."""
    with page.expect_response(lambda reply: "/evidence/" in reply.url) as shown:
        page.get_by_role("link", name="缴款凭证.pdf").click()
    assert shown.value.headers["content-type"] == "application/pdf"
    expect(page.get_by_role("heading", name="缴款凭证.pdf")).to_be_visible()
    while not is_red(page.locator("iframe").screenshot()):  # until the test's time is over
        page.wait_for_timeout(100)
    look(page, "办件-证据")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("link", name="收起").click()
    expect(page.locator("iframe")).to_have_count(0)


def is_red(picture):
    """Say whether the stamp on the citizen's paper can be seen."""
    with Image.open(io.BytesIO(picture)) as image:
        colours = image.convert("RGB").getcolors(maxcolors=2**24)
    return any(red > 180 and max(green, blue) < 40 for _, (red, green, blue) in colours)


def confirmed(crew, code):
    crew.reviewer.open_case(code)
    look(crew.reviewer.page, "办件-修复-待确认")
    crew.reviewer.take("confirm")
    look(crew.reviewer.page, "办件-修复-已落实")


def verified(app, code, page):
    """Fetch the certificate once a worker has made it, and verify it as anybody can."""
    made = until(lambda: certificate(app, code))
    assert app.get(f"/me/cases/{code}/certificate/file").content.startswith(b"%PDF")
    page.goto(f"{app.base.removesuffix('/api/v1')}/wechat/certificates")
    look(page, "H5-核验决定书")
    page.get_by_label("决定书编号").fill(made["number"])
    page.get_by_label("核验码").fill(made["verify_code"])
    page.get_by_role("button", name="核验", exact=False).first.click()
    expect(page.get_by_role("heading", name="这份决定书有效")).to_be_visible()
    look(page, "H5-决定书有效")


def certificate(app, code):
    shown = app.get(f"/me/cases/{code}/certificate").json()
    return shown if shown["sha256"] else None


def revoked(crew):
    """The papers turn out to be false: one asks that the repair be undone, another agrees."""
    handler, reviewer = crew.theirs, crew.reviewer
    handler.page.reload()
    handler.page.get_by_role("link", name="撤销修复").click()
    handler.page.get_by_label("履行证明是假的").check()
    handler.page.get_by_label("说明").fill("缴款凭证是伪造的。")
    look(handler.page, "撤销修复-提出")
    handler.page.get_by_role("button", name="提出撤销").click()
    expect(handler.page.locator("p.told")).to_be_visible()
    reviewer.page.goto(f"{reviewer.base}/console/approvals/")
    look(reviewer.page, "待审批-撤销修复")
    reviewer.page.locator("form[action$='/approve'] button").click()
    expect(reviewer.page.locator("p.told")).to_contain_text("撤销一次信用修复")


def disputed(app, crew, record_id):
    """Object to a record, and bring the case to the department; return the receipt code."""
    code = app.post("/objections", json=DISPUTE | {"record_id": str(record_id)})["receipt_code"]
    crew.ours.open_case(code)
    crew.ours.take("annotate")
    crew.ours.take("forward")
    return code


def decided(handler, reviewer, code, **how):
    handler.open_case(code)
    handler.take("propose", **how)
    reviewer.open_case(code)
    reviewer.take("confirm")
