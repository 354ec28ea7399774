"""Where somebody may be sent after signing in: a page of this console, and nowhere else."""

import pytest

from console import places


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/console//evil.example",
        "/console/\\evil.example",
        "/console/../wechat",
        "/console@evil.example",
        "/console.evil.example/",
        "javascript:alert(1)",
        "/console/\r\nSet-Cookie: x=1",
        "/console/\t/evil.example",
        "/console/%2e%2e/wechat",
        "/console/?next=//evil.example",
        "/wechat/reports",
        "console/jobs",
        "/console/" + "a" * 300,
        "",
        None,
    ],
)
def test_no_other_place_is_taken(place):
    assert places.local(place) == "/console/"


@pytest.mark.parametrize("place", ["/console/", "/console/jobs/", "/console/cases/K7Q2-M4ZP/9"])
def test_a_page_of_ours_is(place):
    assert places.local(place) == place
