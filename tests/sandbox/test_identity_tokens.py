"""The provider signs with a key that it keeps; its tokens are spoilt, late or lost as ordered."""

import stat

import jwt
import pytest

from tests.sandbox.provider import claims, exchange, log_in, walked


def test_the_key_is_kept_and_only_its_owner_reads_it(make, tmp_path):
    code = log_in(desk := make())["code"]
    token = exchange(desk, code).get_json()["id_token"]

    assert claims(make(), token)["sub"]
    assert stat.S_IMODE((tmp_path / "identity-key.pem").stat().st_mode) == 0o600


def test_a_key_of_another_kind_is_refused(make, tmp_path):
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pem = Ed25519PrivateKey.generate().private_bytes(
        s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()
    )
    (tmp_path / "identity-key.pem").write_bytes(pem)
    desk = make()
    desk.app.testing = True
    with pytest.raises(TypeError, match="no elliptic key"):
        desk.client.get("/identity/jwks.json")


@pytest.mark.parametrize(
    ("kind", "claim"),
    [
        ("wrong_nonce", "nonce"),
        ("wrong_audience", "aud"),
        ("wrong_issuer", "iss"),
        ("expired", "exp"),
        ("old_login", "auth_time"),
    ],
)
def test_a_token_can_be_spoilt(desk, kind, claim):
    good = walked(desk)
    desk.order("faults", kind=kind, count=1)
    token = exchange(desk, log_in(desk)["code"]).get_json()["id_token"]

    spoilt = jwt.decode(token, options={"verify_signature": False})

    assert {name for name in good if good[name] != spoilt[name]} - {"iat"} == {claim}
    assert walked(desk) == good


def test_a_token_can_be_signed_by_another(desk):
    desk.order("faults", kind="wrong_key", count=1)
    token = exchange(desk, log_in(desk)["code"]).get_json()["id_token"]

    with pytest.raises(jwt.InvalidSignatureError):
        claims(desk, token)


def test_the_provider_can_be_down_and_other_faults_are_not_spent_on_it(desk):
    desk.order("faults", kind="busy", count=1)
    desk.order("faults", kind="html502", path="/identity/jwks.json", count=1)

    assert desk.client.get("/identity/jwks.json").status_code == 502
    assert desk.client.get("/identity/jwks.json").status_code == 200
    assert [one["kind"] for one in desk.read("faults")["faults"]] == ["busy"]


def test_the_provider_can_be_late_or_silent(running):
    import requests

    jwks = f"{running.url}/identity/jwks.json"
    order = {"path": "/identity/jwks.json", "count": 1, "seconds": 0.3}
    control = f"{running.url}/_control/faults"

    requests.post(control, json=order | {"kind": "delay"}, timeout=5)
    assert requests.get(jwks, timeout=5).elapsed.total_seconds() >= 0.3
    requests.post(control, json=order | {"kind": "timeout"}, timeout=5)
    with pytest.raises(requests.ConnectionError):
        requests.get(jwks, timeout=5)
