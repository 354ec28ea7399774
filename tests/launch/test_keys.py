"""Keys are made once, are private, and fit what they are for."""

import re
import stat

from config.launch import keys


def test_keys_are_private_and_stay_the_same(tmp_path):
    first = keys.kept_in(tmp_path / "var")

    again = keys.kept_in(tmp_path / "var")

    assert first == again
    assert stat.S_IMODE((tmp_path / "var" / "keys").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700


def test_each_key_has_its_form_and_shows_that_it_was_generated(tmp_path):
    made = keys.kept_in(tmp_path)

    wechat = {"WECHAT_TOKEN", "WECHAT_AES_KEY", "WECHAT_SECRET", "WECHAT_OPEN_SECRET"}
    assert made.keys() == wechat | {"JPUSH_SECRET", "SMS_KEY"} | {
        "LINK_KEY",
        "AUDIT_KEY",
        "PERSON_KEYS",
        "PERSON_HASH_KEYS",
    }
    assert re.fullmatch("generated[0-9A-Za-z]{34}", made["WECHAT_AES_KEY"])
    assert re.fullmatch("generated[0-9A-Za-z]{23}", made["WECHAT_TOKEN"])
    assert all(key.startswith("generated") for key in made.values())


def test_two_folders_have_different_keys(tmp_path):
    assert keys.kept_in(tmp_path / "a") != keys.kept_in(tmp_path / "b")


def test_a_key_that_is_missing_is_added_and_the_others_stay(tmp_path):
    first = keys.kept_in(tmp_path)
    (tmp_path / "keys").write_text(f"LINK_KEY={first['LINK_KEY']}\n")
    (tmp_path / "keys.new").write_text("a start cut off half-way")

    again = keys.kept_in(tmp_path)

    assert again["LINK_KEY"] == first["LINK_KEY"]
    assert again.keys() == first.keys()
    assert not (tmp_path / "keys.new").exists()
