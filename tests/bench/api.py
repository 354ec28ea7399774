"""The app's API under the production server, beside a bare endpoint that answers the same bytes.

    ./xinyong bench api [--rounds N] [--seconds N] [--entities N] [--sqlite]

What an entity is, a search by its name, and an inbox, each over 32 connections, ours and the bare
one in turns. The bare one is flask-smorest with one route that takes the answer out of a dict.
"""

import argparse
import json
import tempfile
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

import requests

from config.launch import programs
from config.launch.valkey import Valkey
from tests.bench import inboxes, load
from tests.bench.city import held
from tests.bench.city.size import CITY
from tests.bench.report import figure, median
from tests.bench.served import Served, loaded
from tests.fixtures.service import environment_for

CONNECTIONS, ASKED, READERS = 32, 500, 100
GOALS = {"detail": ">= 0.25"}
APPS = {"bare": "tests.bench.bare_api:create", "ours": "config.web:create"}
_SCRIPT = """
local targets = {}
local headers = {}
for line in io.lines("%s") do
  -- Each asks from an address of its own: one alone would soon be told to come later.
  local number = #targets
  headers["X-Forwarded-For"] = "198.18." .. math.floor(number / 250) .. "." .. number %% 250
  local target, token = line:match("^(%%S+) ?(%%S*)$")
  if token ~= "" then headers["Authorization"] = "Bearer " .. token end
  targets[number + 1] = wrk.format("GET", target, headers)
end
local next_one = 0
request = function()
  next_one = next_one %% #targets + 1
  return targets[next_one]
end
"""


def command(port, app):
    """The launcher's own command line, with the application to measure."""
    return [*programs.web({"PORT": str(port)})[:-1], app]


def main(arguments):
    chosen = _chosen(arguments)
    seen = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        size = CITY.part(chosen.entities / CITY.entities)
        (city,) = stack.enter_context(held.built(folder, [size], sqlite=chosen.sqlite))
        servers, asked = stack.enter_context(served(folder, city))
        for number in range(chosen.rounds):
            for what, questions in asked.items():
                lua = _script(folder, what, questions)
                for name, server in servers.items():
                    press = partial(load.press, server.url, connections=CONNECTIONS, script=lua)
                    found = loaded(server, partial(press, seconds=chosen.seconds))
                    seen.setdefault((what, name), []).append(found)
                    print(f"第 {number + 1} 轮 {what} {name}: {found}", flush=True)
    return _figures(seen, asked)


@contextmanager
def served(folder, city):
    """Serve ours and the bare one; yields them, and what is asked: {what: [(target, token)]}."""
    with ExitStack() as stack:
        valkey = Valkey(folder / "valkey", tied=True)
        valkey.ensure()
        stack.callback(valkey.stop)
        env = environment_for(city.url, valkey.url)
        ours = stack.enter_context(_served("ours", env | {"PROXIES": "1"}))
        asked = _asked(city)
        answers = folder / "answers.json"
        held_in_memory = {
            target: body for each in asked.values() for target, body in _answers(ours, each)
        }
        answers.write_text(json.dumps(held_in_memory), encoding="utf-8")
        bare = stack.enter_context(_served("bare", env | {"BENCH_ANSWERS": str(answers)}))
        yield {"bare": bare, "ours": ours}, asked


def _chosen(arguments):
    parser = argparse.ArgumentParser(prog="./xinyong bench api")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--sqlite", action="store_true")
    return parser.parse_args(arguments)


def _served(name, env):
    return Served(partial(command, app=APPS[name]), path="/healthz", env=env)


def _asked(city):
    with city.bound():
        some, tokens = held.entities(city.size, ASKED), inboxes.tokens(READERS)
    return {
        "detail": [(f"/api/v1/entities/{code}", "") for code, _ in some],
        "search": [(f"/api/v1/entities?q={quote(name)}", "") for _, name in some],
        "inbox": [("/api/v1/me/inbox", token) for token in tokens],
    }


def _answers(server, questions):
    with requests.Session() as session:
        for number, (target, token) in enumerate(questions):
            address = {"X-Forwarded-For": f"198.18.{number // 250}.{number % 250}"}
            answer = session.get(server.url + target, headers=address | bearer(token), timeout=30)
            answer.raise_for_status()
            yield target, answer.text


def bearer(token):
    return {"Authorization": f"Bearer {token}"} if token else {}


def _script(folder, what, questions):
    lines = "\n".join(f"{target} {token}".strip() for target, token in questions)
    (folder / f"{what}.txt").write_text(lines, encoding="ascii")
    lua = folder / f"{what}.lua"
    lua.write_text(_SCRIPT % (folder / f"{what}.txt"))
    return str(lua)


def _figures(seen, asked):
    measures = ("rps", "p50", "p99", "cpu", "errors")
    middle = {key: {each: median(rows, each) for each in measures} for key, rows in seen.items()}
    found = {
        f"{what}_{name}_{each}": figure(value)
        for (what, name), row in middle.items()
        for each, value in row.items()
    }
    for what in asked:
        ours, bare = middle[what, "ours"], middle[what, "bare"]
        found[f"{what}_ours_errors"] = figure(ours["errors"], "<= 0")
        found[f"{what}_rps_ratio"] = figure(ours["rps"] / bare["rps"], GOALS.get(what, ""))
        found[f"{what}_cpu_ratio"] = figure(ours["cpu"] / bare["cpu"])
    return found
