"""What a credit report costs: CPU for one of two pages, and memory after five hundred.

    ./xinyong bench reports [--reports N]

Measured in a process of its own, which has done nothing else; every report differs from the last.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pikepdf

from config import rulebook
from config.settings import ROOT
from core.records import RecordKind
from core.reports.ledger import Purpose
from core.reports.telling import Snapshot, Told
from core.subjects import SubjectKind, SubjectState
from messages.report.contents import Edition
from messages.report.press import Press
from tests.bench.city import numbers
from tests.bench.report import figure

RECORDS, WARM, PAGES = 44, 20, 2
MIB = 1024 * 1024
DAY = date(2026, 5, 8)
TITLES = {
    RecordKind.LICENCE: "食品经营许可证",
    RecordKind.PENALTY: "未经许可从事食品经营活动",
    RecordKind.RED_LIST: "纳税缴费信用A级",
    RecordKind.BLACK_LIST: "拖欠农民工工资失信联合惩戒对象",
}
RULES = {
    RecordKind.PENALTY: "令36 一般行政处罚",
    RecordKind.RED_LIST: "纳税缴费信用A级",
    RecordKind.BLACK_LIST: "令45 拖欠农民工工资",
}


def told(number, place):
    """Return one record of a report: three licences of four, the rest of every kind in turn."""
    kind = list(TITLES)[place // 4 % 4] if place % 4 == 0 else RecordKind.LICENCE
    event = DAY - timedelta(days=7 * place + number % 7)
    return Told(
        id=number * RECORDS + place,
        kind=kind,
        list_kind=None,
        title=f"{TITLES[kind]}{number % 89}",
        severity="general" if kind is RecordKind.PENALTY else None,
        state="published",
        authority="昆明市市场监督管理局",
        department="昆明市市场监督管理局",
        document_no=f"昆市监〔2026〕{number}-{place}号",
        event_date=event,
        published_on=event + timedelta(days=5),
        repairable_from=event + timedelta(days=92) if kind in RULES else None,
        ends_on=event + timedelta(days=365),
        rule=RULES.get(kind),
        basis="《中华人民共和国食品安全法》第一百二十二条" if kind is RecordKind.PENALTY else None,
    )


def snapshot(number):
    return Snapshot(
        report_no=f"20261125093012{number:08}",
        verify_code=f"0123456789AB{number:04}",
        purpose=Purpose.BIDDING,
        as_of=datetime(2026, 11, 25, 1, 30, tzinfo=UTC) + timedelta(seconds=number),
        valid_until=date(2026, 12, 25),
        uscc=numbers.uscc(number, "91", "530102"),
        uscc_check_ok=True,
        name=f"昆明示例餐饮管理第{number}有限公司",
        kind=SubjectKind.LEGAL_ENTITY,
        state=SubjectState.ACTIVE,
        district="530102",
        records=tuple(told(number, place) for place in range(RECORDS)),
    )


def measured(reports):
    """Set so many reports; return what that took."""
    citations = {term.name: term.citation for term in rulebook.load().terms}
    press = Press(Edition("https://credit.km.gov.cn", citations))
    for number in range(WARM):
        press.pdf(snapshot(number))
    before, spent = resident(), []
    for number in range(WARM, WARM + reports):
        began = time.process_time()
        pdf = press.pdf(snapshot(number))
        spent.append(1000 * (time.process_time() - began))
    grown = resident() - before
    return {"cpu": spent, "grown": grown, "resident": before, "pdf": pdf}


def resident():
    """Return the memory that this process holds now, in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def main(arguments):
    parser = argparse.ArgumentParser(prog="./xinyong bench reports")
    parser.add_argument("--reports", type=int, default=500)
    chosen = parser.parse_args(arguments)
    command = [sys.executable, "-m", "tests.bench.reports", str(chosen.reports)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    seen = json.loads(done.stdout)
    return {
        "records": figure(RECORDS, ">= 44"),
        "pages": figure(seen["pages"], f"<= {PAGES}"),
        "kib": figure(seen["bytes"] / 1024),
        "cpu_ms_median": figure(statistics.median(seen["cpu"]), "<= 40"),
        "cpu_ms_least": figure(min(seen["cpu"])),
        "cpu_ms_p95": figure(statistics.quantiles(seen["cpu"], n=20)[-1]),
        "rss_growth_mib": figure(seen["grown"] / MIB, "<= 5"),
        "rss_mib": figure(seen["resident"] / MIB),
    }


if __name__ == "__main__":
    import io

    found = measured(int(sys.argv[1]))
    pdf = found.pop("pdf")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found |= {"pages": len(opened.pages), "bytes": len(pdf)}
    print(json.dumps(found))
