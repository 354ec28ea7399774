"""What docs/owasp-api-top-10.md says of the document as a whole."""

import json


def test_no_operation_takes_an_address(document):
    held = json.loads(document.read_text())
    forms = [name for name in held["components"]["schemas"] if name.endswith("Form")]

    assert forms
    for name in forms:
        for field, schema in held["components"]["schemas"][name].get("properties", {}).items():
            assert schema.get("format") not in ("uri", "uri-reference"), f"{name}.{field}"
            assert not field.endswith(("url", "uri", "callback")), f"{name}.{field}"
