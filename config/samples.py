"""Sample data for a first start: fictional files, taken in and published like any others."""

from datetime import timedelta
from pathlib import Path

from config import intake, rulebook
from config.settings import Settings
from core import db
from core.intake import batches
from core.rules import Rulebook

FILES = (
    "sgs_xzxk_synthetic.csv",
    "sgs_xzcf_synthetic.csv",
    "lists_synthetic.csv",
    "promise_synthetic.csv",
    "shixin_synthetic.json",
    "registration_synthetic.csv",
)
_FOLDER = Path(__file__).parent / "sample_data"


def load(settings: Settings) -> None:
    """Take in the samples that this database does not have yet."""
    engine = db.connect(settings.database_url.get_secret_value())
    db.bind(engine)
    rules = rulebook.load()
    for name in FILES:
        _load(_FOLDER / name, rules, settings)
    engine.dispose()


def _load(path: Path, rules: Rulebook, settings: Settings) -> None:
    with db.Reading() as session:
        if batches.is_done(session, intake.examine(path).hash):
            return
    order = intake.Order(
        path=path,
        rules=rules,
        who="samples",
        alert_max_age=timedelta(days=settings.alert_max_age_days),
        vault=settings.vault,
        publish=True,
    )
    intake.take_in(order)
