"""The command line: one table of commands, each loaded only when it is asked for."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from importlib import import_module
from typing import Any

import click

from config.launch import desk, environment
from config.launch.unsuitable import Unsuitable
from config.settings import SettingsError


class Needs(Enum):
    """What must be there before a command begins."""

    NOTHING = auto()
    DATABASE = auto()
    REDIS = auto()


@dataclass(frozen=True)
class Entry:
    """Where a command is, what it does, what it needs."""

    target: str
    help: str
    needs: Needs = Needs.NOTHING


_OUTAGES = "config.cli.outages"
COMMANDS = {
    "run": Entry("config.cli.run:run", "启动全部服务，按 Ctrl-C 停止"),
    "test": Entry("config.cli.work:test", "运行全部测试"),
    "check": Entry("config.cli.work:check", "检查格式、类型、模块边界和锁定文件"),
    "intake": Entry("config.cli.intake:intake", "导入数据文件", Needs.REDIS),
    "batch": Entry("config.cli.batch:batch", "查看导入批次，整批撤回", Needs.DATABASE),
    "article": Entry("config.cli.article:article", "写、发布、撤回文章", Needs.DATABASE),
    "campaign": Entry("config.cli.campaign:campaign", "宣传活动，推送宣传文章", Needs.REDIS),
    "sample": Entry("config.cli.sample:sample", "生成示例文件", Needs.DATABASE),
    "migrate": Entry("config.cli.migrate:migrate", "升级数据库", Needs.DATABASE),
    "report": Entry("config.cli.report:report", "生成信用报告", Needs.DATABASE),
    "rules": Entry("config.cli.rules:rules", "法律规则，重新评估", Needs.DATABASE),
    "upstream": Entry("config.cli.upstream:upstream", "向上级信用平台报送修复结果", Needs.DATABASE),
    "hear": Entry("config.cli.hear:hear", "公众号怎样听懂一句话"),
    "why": Entry("config.cli.why:why", "一条消息为什么收到、没收到、在哪里", Needs.DATABASE),
    "audit": Entry("config.cli.audit:audit", "核对审计记录", Needs.DATABASE),
    "staff": Entry("config.cli.staff:staff", "控制台的工作人员", Needs.DATABASE),
    "institution": Entry(
        "config.cli.institution:institution", "登记核查信用的机构", Needs.DATABASE
    ),
    "key": Entry("config.cli.key:key", "机构的接口密钥", Needs.DATABASE),
    "keys": Entry("config.cli.keys:keys", "更换加密自然人信息的密钥", Needs.DATABASE),
    "wechat": Entry("config.cli.wechat:wechat", "公众号的菜单、二维码、关注者", Needs.REDIS),
    "bench": Entry("config.cli.work:bench", "运行性能测试"),
    "drill": Entry("config.cli.work:drill", "运行故障演练"),
    "fuzz": Entry("config.cli.work:fuzz", "用随机请求长时间检验接口"),
}


class Lazy(click.Group):
    """A group that imports a command when it is called, and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command by its name."""
        del ctx
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.target.partition(":")
        command = getattr(import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        del ctx
        with formatter.section("命令"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


@click.group(cls=Lazy, name="xinyong", help="信用昆明：微信公众号与手机应用的服务端。")
def xinyong() -> None:
    """Stand for all commands."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code, having said in plain words what was wrong."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        return _run(words)
    except (SettingsError, Unsuitable) as error:
        return _say(str(error))
    except click.ClickException as error:
        return _say(_in_chinese(error))
    except (click.Abort, KeyboardInterrupt):
        return 130
    except _outages() as error:
        return _say(import_module(_OUTAGES).words(error))


def _outages() -> tuple[type[Exception], ...]:
    # Looked at only when something went wrong: the list of commands loads no database.
    kinds: tuple[type[Exception], ...] = import_module(_OUTAGES).KINDS
    return kinds


def _run(words: list[str]) -> int:
    entry = COMMANDS.get(words[0]) if words else None
    asked = entry.needs if entry and "--help" not in words else Needs.NOTHING
    if asked is Needs.NOTHING:
        return _called(words)
    given = environment.of_this_process()
    with desk.ready(given, redis=asked is Needs.REDIS):
        return _called(words)


def _called(words: list[str]) -> int:
    code = xinyong.main(words, prog_name="./xinyong", standalone_mode=False)
    return code if isinstance(code, int) else 0


def _say(text: str) -> int:
    click.echo(text, err=True)
    return 2


def _in_chinese(error: click.ClickException) -> str:
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return sentence(error)
    return error.format_message()


def _parameter(error: Any) -> str:  # noqa: ANN401 - click's errors differ in what they carry
    return error.param.human_readable_name if error.param else ""


def _plain(message: str) -> str:
    for pattern, words in _WORDS.items():
        message = re.sub(pattern, words, message)
    return message


_WORDS = {
    r"^(?:File|Path|Directory) '(.*)' does not exist\.$": r"找不到 \1",
    r"^(?:File|Path|Directory) '(.*)' is not readable\.$": r"读不了 \1",
    r"^(?:File|Path) '(.*)' is a directory\.$": r"\1 是一个目录",
    r"^'(.*)' is not one of (.*)\.$": r"没有 \1，可选 \2",
}
_HELP = "看用法：在命令后加 --help"
_SENTENCES: list[tuple[type[click.ClickException], Callable[[Any], str]]] = [
    (click.NoSuchCommand, lambda e: f"没有这个命令：{e.command_name}。看全部命令：./xinyong help"),
    (click.NoSuchOption, lambda e: f"没有这个选项：{e.option_name}。{_HELP}"),
    (click.MissingParameter, lambda e: f"还缺少参数：{_parameter(e)}。{_HELP}"),
    (click.BadParameter, lambda e: f"参数 {_parameter(e)} 不对：{_plain(e.message)}。{_HELP}"),
    (click.FileError, lambda e: f"打不开文件 {e.ui_filename}：{e.message}"),
    (click.UsageError, lambda e: f"用法不对：{e.format_message()} {_HELP}"),
]
