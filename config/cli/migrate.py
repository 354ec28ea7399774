"""`./xinyong migrate`."""

import click

from config import database, settings


@click.command(help="升级数据库到最新结构。")
def migrate() -> None:
    """Bring the database to the newest migration."""
    database.upgrade(settings.read().database_url.get_secret_value())
    click.echo("数据库已是最新结构。")
