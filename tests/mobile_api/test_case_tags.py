"""The tag of a case: evidence that is looked at meanwhile hinders no change."""

import pytest

from .test_evidence import work

__all__ = ["work"]  # a fixture


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_end_of_a_scan_is_told_but_hinders_no_change(
    client, object_to, record, upload, work, representative
):
    code = object_to(record.id, evidence=[upload().json["id"]]).json["receipt_code"]
    address = f"/api/v1/me/cases/{code}"
    seen = client.get(address, headers=representative).headers["ETag"]
    work()

    now = client.get(address, headers=representative | {"If-None-Match": seen})
    assert (now.status_code, now.json["evidence"][0]["state"]) == (200, "clean")
    change = representative | {"If-Match": seen}
    assert client.post(f"{address}/withdrawal", headers=change).status_code == 200
