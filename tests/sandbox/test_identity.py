"""The identity provider's tokens are verified with its published key."""

import json
import stat

import jwt
import pytest

USCC = "91530102000000019G"


def issued(desk, **order):
    return desk.client.post("/identity/token", json=order).get_json()


def claims(desk, token):
    (key,) = desk.client.get("/identity/jwks.json").get_json()["keys"]
    assert jwt.get_unverified_header(token) == {"alg": "ES256", "typ": "JWT", "kid": key["kid"]}
    return jwt.decode(
        token,
        jwt.PyJWK(key),
        algorithms=["ES256"],
        audience="credit-kunming",
        issuer="http://127.0.0.1:8001/identity",
        options={"verify_iat": False, "verify_exp": False},
    )


def test_a_token_says_who_and_for_which_organisation(desk):
    answer = issued(desk, citizen="zhangsan", organisation=USCC)
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3600)
    said = claims(desk, answer["access_token"])
    assert said["org"] == USCC
    assert said["exp"] - said["iat"] == 3600


def test_the_same_citizen_has_the_same_number_and_another_another(desk):
    subjects = [
        claims(desk, issued(desk, citizen=citizen)["access_token"])["sub"]
        for citizen in ("zhangsan", "zhangsan", "lisi")
    ]
    assert subjects[0] == subjects[1] != subjects[2]
    assert "zhangsan" not in subjects[0]


def test_without_an_organisation_the_token_names_none(desk):
    assert "org" not in claims(desk, issued(desk, citizen="zhangsan")["access_token"])


@pytest.mark.parametrize(
    "order", [{}, {"citizen": "nobody"}, {"citizen": "lisi", "organisation": "1"}]
)
def test_a_wrong_order_gets_no_token(desk, order):
    answer = desk.client.post("/identity/token", json=order)
    assert answer.status_code == 400
    assert "access_token" not in answer.get_json()


def test_the_key_is_kept_and_only_its_owner_reads_it(make, tmp_path):
    token = issued(make(), citizen="zhangsan")["access_token"]
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
        issued(desk, citizen="zhangsan")


def test_the_provider_describes_itself(desk):
    described = desk.client.get("/identity/.well-known/openid-configuration").get_json()
    assert described["issuer"] == "http://127.0.0.1:8001/identity"
    assert described["jwks_uri"] == described["issuer"] + "/jwks.json"
    assert "sub" in json.dumps(described)


def test_the_page_issues_a_token_to_copy(desk):
    openid = desk.read("citizens")["citizens"][1]["openid"]
    assert "李四" in desk.client.get("/identity").text
    page = desk.client.post("/identity", data={"citizen": openid, "organisation": USCC}).text
    token = page.split("readonly>")[1].split("<")[0]
    assert claims(desk, token)["org"] == USCC
