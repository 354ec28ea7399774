"""Whatever citizens write, no number of a citizen or a telephone is kept anywhere in clear."""

import itertools
import re
import unicodedata

import sqlalchemy as sa

from core.db import Reading
from core.tables import METADATA
from tests.bot import sentences
from tests.fixtures.service import Citizen

NUMBERS = [
    "530112199001010004",
    "53011119850312000x",
    "530112900101000",
    "530102200102290006",
    "13800138000",
    "19912345678",
    "0871-63131234",
]
WRITTEN = [
    "{}",
    "{said}{}",
    "{said}，我的号码是 {}，谢谢😊",
    "{} {said}",
    "{said} ({spaced})",
    "{said}{wide}",
]
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def written(form, number, said):
    """Write a number into what is said, as people do."""
    spaced = " ".join(re.findall("..?.?.?", number))
    return form.format(number, said=said, spaced=spaced, wide=number.translate(_WIDE))


def everything(redis, capsys, caplog):
    """Return all that was logged, all that Redis holds, and all rows of all tables, as one text."""
    held = [caplog.text, *capsys.readouterr()]
    for key in redis.scan_iter("*"):
        value = redis.get(key) if redis.type(key) == b"string" else redis.dump(key)
        held += [key.decode(errors="replace"), (value or b"").decode(errors="replace")]
    with Reading() as session:
        for table in METADATA.sorted_tables:
            held += [repr(tuple(row)) for row in session.execute(sa.select(table))]
    return "\n".join(held)


def test_no_number_of_a_citizen_is_logged_remembered_or_stored(
    app, database, redis, travel, capsys, caplog
):
    said = [sentence for part in ("held", "later") for _, sentence, _ in sentences.read(part)]
    forms = itertools.cycle(WRITTEN)
    numbers = itertools.cycle(NUMBERS)
    client = app.test_client()
    for place, sentence in enumerate(said):
        citizen = Citizen(client, openid=f"oKM_citizen_{place % 97}_abcdefgh")
        redis.delete(f"bot:rate:{citizen.openid}")
        assert citizen.say(sentence) is not None
        assert citizen.say(written(next(forms), next(numbers), sentence)) is not None

    found = everything(redis, capsys, caplog)

    bare = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", found)).lower()
    assert len(said) >= 300
    assert "昆明示例旅行社有限公司" in found
    assert [number for number in NUMBERS if number.replace("-", "") in bare] == []
