"""`./xinyong migrate`."""

import click

from config import database, publishing, settings


@click.command(help="升级数据库到最新结构。")
def migrate() -> None:
    """Bring the database to the newest migration."""
    chosen = settings.read()
    database.upgrade(chosen.database_url.get_secret_value())
    publishing.settle_departments(chosen)
    click.echo("数据库已是最新结构。")
