"""`./xinyong run`."""

import click

from config.launch import environment
from config.launch import run as launch


@click.command(help="启动全部服务，按 Ctrl-C 停止。")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(["web", "urgent", "worker", "ticker", "sandbox"]),
    help="只启动这一部分，可多次使用（多台机器分工时用）",
)
def run(only: tuple[str, ...]) -> None:
    """Start everything and watch over it."""
    launch.everything(environment.of_this_process(), only)
