"""The reference client walks its whole journey, against the service as it is started for the city.

Its types are read out of the document that the service serves; then it is compiled, strictly, and
run by Node. The server, the workers and the ticker are ours, on PostgreSQL and Valkey; text
messages and the identity provider are the sandbox's.
"""

import os
import shutil
import subprocess

import pytest
import sqlalchemy as sa

from config.launch import client
from config.settings import Settings
from core import db
from core.follows import Follow, Topic
from sandbox import numbers
from sandbox.citizens import KNOWN, openid_of
from tests.clients import cast
from tests.drills.stage import stage

CITIZEN, PHONE = "zhangsan", "13800138000"
LONGEST = 240.0


@pytest.fixture
def service(postgresql_url, tmp_path):
    """The whole service, at its own pace."""
    folder = tmp_path / "service"
    folder.mkdir()
    with stage(postgresql_url, folder, pace=1) as service:
        service.start()
        service.until(service.web_is_there)
        yield service


@pytest.fixture
def city(service):
    """A city whose register and whose archive know our citizen."""
    db.bind(service.engine)
    given = {name.lower(): value for name, value in service.environ.items()}
    vault = Settings.model_validate(given).vault
    number = numbers.of(openid_of(CITIZEN))
    yield cast.City(vault, number, KNOWN[CITIZEN])
    db._writing.configure(bind=None)
    db._reading.configure(bind=None)


@pytest.fixture
def built(node, service, tmp_path):
    """The folder of the compiled client, made from the document of the live server."""
    folder = tmp_path / "client"
    shutil.copytree(client.FOLDER / "journey", folder / "journey")
    for name in ("package.json", "tsconfig.json"):
        shutil.copy(client.FOLDER / name, folder)
    (folder / "node_modules").symlink_to(client.FOLDER / "node_modules")
    document = f"{service.environ['PUBLIC_URL']}/api/v1/openapi.json"
    run(node, "openapi-typescript", document, "-o", "journey/schema.ts", folder=folder)
    run(node, "tsc", "-p", ".", folder=folder)
    return folder / "built"


def run(node, *words, folder):
    done = node(*words, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.timeout(400)
def test_the_reference_client_walks_the_whole_way(built, service, city):
    given = {"API": service.environ["PUBLIC_URL"], "SANDBOX": service.sandbox}
    given |= {"NUMBER": PHONE, "ORGANISATION": cast.USCC}
    journey = subprocess.Popen(
        ["node", built / "journey.js"],
        env=os.environ | given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        # What the citizen follows happens once it is followed.
        service.until(lambda: follows(city) or journey.poll() is not None, within=LONGEST)
        service.blacklist(city.entity)
        said, _ = journey.communicate(timeout=LONGEST)
    finally:
        journey.kill()

    assert journey.returncode == 0, f"{said}\n{service.crew.logs()}"
    assert said.splitlines()[-1] == "走完了"


def follows(city):
    with db.Reading() as session:
        subject = Follow.topic == Topic.SUBJECT, Follow.subject_id == city.entity
        return session.scalar(sa.select(sa.exists().where(*subject)))
