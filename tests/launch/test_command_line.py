"""The command line answers in plain words, and loads only what it is asked for."""

import os
import subprocess
import sys
from contextlib import ExitStack

import click
import pytest
import redis
import sqlalchemy as sa

from config import cli
from config.launch import locks
from config.launch.valkey import Valkey
from config.settings import SettingsError


@pytest.fixture
def environ(tmp_path, monkeypatch):
    """Have a folder of our own; what a command adds to the environment goes again."""
    before = dict(os.environ)
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    yield tmp_path / "var"
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def command(monkeypatch):
    """Put a command of the test's own into the table."""

    def put(function, needs=cli.Needs.NOTHING):
        entry = cli.Entry(f"{__name__}:unused", "试验", needs)
        monkeypatch.setitem(cli.COMMANDS, "try", entry)
        made = click.command()(function)
        monkeypatch.setattr(cli.Lazy, "get_command", lambda *_: made)

    return put


def test_help_lists_every_command_without_loading_one(capsys):
    assert cli.main(["--help"]) == 0

    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in cli.COMMANDS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fly"], "没有这个命令：fly。看全部命令：./xinyong help"),
        (["check", "--fast"], "没有这个选项：--fast"),
        (["check", "more"], "用法不对"),
        (["run", "--only", "kitchen"], "参数 only 不对：没有 kitchen，可选 'web', 'urgent'"),
        (["intake", "nowhere.csv"], "找不到 nowhere.csv。看用法"),
        (["bench", "nothing"], "请给出名称，可选："),
        (["drill"], "请给出名称"),
    ],
)
def test_a_wrong_word_is_answered_plainly(words, said, environ, capsys):
    assert cli.main(words) == 2

    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (SettingsError("设置有误：\nPACE：缺少"), 2, "设置有误：\nPACE：缺少\n"),
        (click.FileError("list.csv", "不是文件"), 2, "打不开文件 list.csv：不是文件\n"),
        (click.ClickException("说清楚"), 2, "说清楚\n"),
        (KeyboardInterrupt(), 130, "\n"),
        (click.exceptions.Exit(3), 3, ""),
    ],
)
def test_an_error_ends_in_words_and_a_code(error, code, said, command, capsys):
    def fail():
        raise error

    command(fail)

    assert cli.main(["try"]) == code
    assert capsys.readouterr().err == said


def test_a_file_that_cannot_be_written_is_named(environ, tmp_path, capsys):
    (tmp_path / "file").touch()

    assert cli.main(["sample", "list", "--out", str(tmp_path / "file" / "list.csv")]) == 2

    assert f"不能读写 {tmp_path}/file：不是目录" in capsys.readouterr().err


def test_a_fault_that_nobody_can_name_is_not_hidden(command):
    def fail():
        raise BrokenPipeError

    command(fail)

    with pytest.raises(BrokenPipeError):
        cli.main(["try"])


def test_a_missing_argument_is_named(command, capsys):
    command(click.argument("file")(lambda file: None))

    assert cli.main(["try"]) == 2
    assert "还缺少参数：FILE" in capsys.readouterr().err


def test_a_command_finds_a_migrated_database_and_a_valkey(environ, command):
    seen = {}

    def look():
        engine = sa.create_engine(os.environ["DATABASE_URL"])
        seen["tables"] = sa.inspect(engine).get_table_names()
        engine.dispose()
        with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
            seen["ping"] = client.ping()

    command(look, cli.Needs.REDIS)

    assert cli.main(["try"]) == 0
    assert "alembic_version" in seen["tables"]
    assert seen["ping"]


def test_a_valkey_started_for_a_command_ends_with_it(environ, command):
    command(lambda: None, cli.Needs.REDIS)

    cli.main(["try"])

    assert not Valkey(environ).answers()


def test_a_valkey_that_runs_stays(environ, command):
    valkey = Valkey(environ, tied=True)
    valkey.ensure()
    command(lambda: None, cli.Needs.REDIS)

    cli.main(["try"])

    assert valkey.answers()
    valkey.stop()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # it is left running, on purpose
def test_a_valkey_that_a_run_has_taken_over_stays(environ, command):
    valkey = Valkey(environ, tied=True)
    held = ExitStack()
    command(lambda: held.enter_context(locks.only_run(environ)) and None, cli.Needs.REDIS)

    with held:
        assert cli.main(["try"]) == 0
        assert valkey.answers()
    valkey.stop()


def test_a_run_that_has_ended_holds_nothing(environ):
    with locks.only_run(environ):
        assert locks.is_running(environ)

    assert not locks.is_running(environ)


def test_migrate_can_be_done_twice(environ, capsys):
    assert cli.main(["migrate"]) == 0
    assert cli.main(["migrate"]) == 0

    assert capsys.readouterr().out == "数据库已是最新结构。\n" * 2


def test_asking_for_the_list_loads_neither_the_web_nor_the_database():
    code = "import sys; from config.cli import main; main(['--help']); print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    loaded = set(done.stdout.split())
    assert not loaded & {"flask", "sqlalchemy", "alembic", "rq", "requests"}
