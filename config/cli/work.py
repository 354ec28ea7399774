"""Commands for those who work on the code: test, check, bench, drill, fuzz."""

import click

from config.launch import checks, figures, suite

_ANY = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


@click.command(context_settings=_ANY, help="运行全部测试；参数原样交给 pytest。")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> int:
    """Run the whole suite; arguments go to pytest as they are."""
    return suite.run(list(arguments))


@click.command(help="检查格式、规则、类型、模块边界和锁定文件。")
def check() -> int:
    """Check format, rules, types, borders between modules, locks."""
    return checks.run()


@click.command(context_settings=_ANY, help="运行一项性能测试。")
@click.argument("name", required=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(name: str | None, arguments: tuple[str, ...]) -> int:
    """Run one benchmark."""
    return figures.run("bench", name, list(arguments))


@click.command(context_settings=_ANY, help="运行一项故障演练。")
@click.argument("name", required=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def drill(name: str | None, arguments: tuple[str, ...]) -> int:
    """Run one drill."""
    return figures.run("drills", name, list(arguments))


@click.command(context_settings=_ANY, help="用随机请求长时间检验接口（schemathesis）。")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def fuzz(arguments: tuple[str, ...]) -> int:
    """Search long for whatever the API does otherwise than its document says."""
    suite.have_postgresql()
    return figures.run("clients", "fuzz", list(arguments))
