"""What the bench of the API compares is the same: the same questions, the same bytes."""

import requests

from tests.bench import api
from tests.bench.city import held
from tests.bench.city.size import HAMLET


def test_the_bare_endpoint_answers_what_ours_answered(tmp_path, monkeypatch):
    monkeypatch.setattr(api, "ASKED", 5)
    monkeypatch.setattr(api, "READERS", 1)
    with (
        held.built(tmp_path, [HAMLET.part(0.1)], sqlite=True) as (city,),
        api.served(tmp_path, city) as (servers, asked),
    ):
        for questions in asked.values():
            for target, token in questions:
                ours, bare = (
                    requests.get(servers[name].url + target, headers=api.bearer(token), timeout=30)
                    for name in ("ours", "bare")
                )
                assert (ours.status_code, bare.status_code) == (200, 200)
                assert _timeless(ours.json()) == _timeless(bare.json())


def _timeless(answer):
    return {name: value for name, value in answer.items() if not name.endswith("as_of")}
