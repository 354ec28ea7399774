"""Two pools of tokens, each with its own life."""


def works(desk, token):
    return desk.get("getcallbackip", access_token=token).get("errcode", 0)


def legacy(desk):
    return desk.get("token", **desk.account())["access_token"]


def test_a_new_legacy_token_leaves_the_former_five_minutes(desk, clock):
    former, latter = legacy(desk), legacy(desk)
    clock.forward(299)
    assert (works(desk, former), works(desk, latter)) == (0, 0)
    clock.forward(1)
    assert (works(desk, former), works(desk, latter)) == (40001, 0)


def test_a_token_expires_after_two_hours(desk, clock):
    token = legacy(desk)
    clock.forward(7200)
    assert works(desk, token) == 42001


def test_the_stable_token_is_the_same_until_five_minutes_before_its_end(desk, clock):
    first = desk.post("stable_token", desk.account())
    clock.forward(6900)
    again = desk.post("stable_token", desk.account())
    assert again == {"access_token": first["access_token"], "expires_in": 300}


def test_the_stable_token_is_renewed_with_an_overlap(desk, clock):
    first = desk.token()
    clock.forward(6901)
    renewed = desk.post("stable_token", desk.account())
    assert renewed["access_token"] != first
    assert renewed["expires_in"] == 7200
    assert works(desk, first) == 0
    clock.forward(299)
    assert works(desk, first) == 42001


def test_the_pools_are_isolated(desk):
    stable = desk.token()
    legacy(desk)
    desk.order("token/steal", pool="legacy")
    assert works(desk, stable) == 0


def test_a_forced_refresh_voids_the_former_token_at_once(desk):
    former = desk.token()
    latter = desk.token(force=True)
    assert (works(desk, former), works(desk, latter)) == (40001, 0)


def test_a_forced_refresh_within_thirty_seconds_refreshes_nothing(desk, clock):
    first = desk.token(force=True)
    clock.forward(29)
    assert desk.token(force=True) == first
    clock.forward(1)
    assert desk.token(force=True) != first


def test_twenty_forced_refreshes_are_a_days_worth(desk, clock):
    for _ in range(20):
        desk.token(force=True)
        clock.forward(30)
    assert desk.post("stable_token", desk.account(force_refresh=True))["errcode"] == 45009
    clock.forward(86_400)
    assert desk.token(force=True)


def test_a_stolen_token_is_void_and_the_next_one_good(desk):
    ours = desk.token()
    desk.order("token/steal")
    assert works(desk, ours) == 40001
    assert works(desk, desk.token()) == 0


def test_pace_shortens_a_tokens_life(make, clock):
    desk = make(pace=60)
    first = desk.post("stable_token", desk.account())
    assert first["expires_in"] == 120
    clock.forward(120)
    assert works(desk, first["access_token"]) == 42001
