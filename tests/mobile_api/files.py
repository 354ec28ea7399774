"""Files that citizens send as evidence."""

import io

import pytest

# A grey square of two by two points.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f80000000e49444154"
    "789c636c60606260000002920084f77ca3580000000049454e44ae426082"
)


@pytest.fixture
def upload(client, representative):
    """Send a file as evidence."""

    def upload(data=PNG, name="凭证.png", headers=None):
        sent = {"file": (io.BytesIO(data), name)}
        headers = representative if headers is None else headers
        return client.post("/api/v1/evidence", data=sent, headers=headers)

    return upload
