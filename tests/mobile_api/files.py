"""Files that citizens send as evidence."""

import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

# A grey square of two by two points.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f80000000e49444154"
    "789c636c60606260000002920084f77ca3580000000049454e44ae426082"
)


@pytest.fixture
def upload(client, representative):
    """Send a file as evidence."""

    def upload(data=PNG, name="凭证.png", headers=None):
        # Written in memory: the client would leave a file open behind a long form.
        boundary, form = encode_multipart({"file": FileStorage(io.BytesIO(data), name)})
        headers = representative if headers is None else headers
        kind = f"multipart/form-data; boundary={boundary}"
        return client.post("/api/v1/evidence", data=form, headers=headers, content_type=kind)

    return upload
