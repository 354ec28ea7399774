"""Looking an entity up by its code: ours beside a bare driver's join, here and in a hamlet."""

from functools import partial

from core import query
from core.glance import Glancing
from tests.bench import timing
from tests.bench.city import held
from tests.bench.city.size import TODAY
from tests.bench.report import figure

# The same rows as ours in the same order, and nothing made of them.
_JOIN = """
select s.id, s.uscc, s.uscc_check_ok, s.name, s.kind, s.district, s.state,
       s.state_since, s.zone, s.registered_as_of,
       r.id, r.kind, r.list_kind, r.title, r.severity, r.authority, r.document_no,
       r.event_date, r.repairable_from, r.ends_on, r.published_at, r.state
from subjects s left join records r on r.subject_id = s.id
  and (r.state = 'corrected' or r.state = 'disputed' or r.state = 'published')
  and r.visibility = 'public' and (r.ends_on is null or r.ends_on >= {today})
where s.uscc = {uscc}
order by case when r.kind = 'black_list' then 0 when r.kind = 'penalty' then 1 else 2 end,
         r.event_date desc, r.id desc
limit 50
"""


def figures(city, hamlet, count):
    """Ask both cities; returns the figures, and ours in the city."""
    ours, bare = asked(city, count)
    small, _ = asked(hamlet, count)
    found = {
        "code_p50": figure(ours.p50),
        "code_p99": figure(ours.p99),
        "code_p99_of_all": figure(ours.p99_of_all),
        "code_bare_p50": figure(bare.p50),
        "code_bare_p99": figure(bare.p99),
        "code_to_bare_p50": figure(ours.p50 / bare.p50, "<= 3"),
        "code_hamlet_p99": figure(small.p99),
        "code_to_hamlet_p99": figure(ours.p99 / small.p99, "<= 1.5"),
    }
    return found, ours


def asked(city, count):
    """Ask for so many codes; returns how long we took, and the bare driver."""
    with city.bound(), city.bare() as connection, Glancing() as look:
        codes = [code for code, _ in held.entities(city.size, count)]
        return timing.beside(
            partial(query.by_uscc, look, today=TODAY), _bare(city, connection), codes
        )


def _bare(city, connection):
    day = TODAY.isoformat() if city.is_sqlite else TODAY
    marks = (":today", ":uscc") if city.is_sqlite else ("%(today)s", "%(uscc)s")
    join = _JOIN.format(today=marks[0], uscc=marks[1])
    cursor = connection.cursor()
    return lambda code: cursor.execute(join, {"today": day, "uscc": code}).fetchall()
