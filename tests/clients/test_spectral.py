"""Somebody else's linter reads our document."""

import json

from config.launch.client import FOLDER


def lint(node, document):
    """Lint a document; return the exit code and what was found."""
    rules = ["--ruleset", FOLDER / ".spectral.yaml", "--fail-severity", "hint"]
    done = node("spectral", "lint", document, *rules, "--format", "json", "--quiet")
    found = [f"{one['code']}: {'.'.join(map(str, one['path']))}" for one in json.loads(done.stdout)]
    return done.returncode, found


def test_spectral_finds_no_error_and_no_warning(node, document):
    assert lint(node, document) == (0, [])


def test_spectral_would_find_one(node, document):
    held = json.loads(document.read_text())
    del held["paths"]["/api/v1/entities"]["get"]["operationId"]
    document.write_text(json.dumps(held))

    code, found = lint(node, document)

    assert code == 1
    assert "operation-operationId: paths./api/v1/entities.get" in found
