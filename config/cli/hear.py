"""`./xinyong hear`: how the account understands a sentence, for whoever teaches it."""

import click

from bot.answers import ANSWERS
from bot.likeness import ELSE
from bot.understanding import Meant
from config import rulebook, talking
from messages.wording import talk_zh

_NOTHING = "听不懂"


@click.command(help="公众号怎样听懂一句话：按词表、按例句各是什么意思。")
@click.argument("words", nargs=-1, required=True, metavar="句子")
def hear(words: tuple[str, ...]) -> None:
    """Tell what a sentence means, and what says so: the table, or likeness to examples."""
    text = " ".join(words)
    tables = talking.understanding(ANSWERS, rulebook.load().places, talking.terms())
    meant, likely = tables.of(text), tables.likely(text)
    told = tables.of(text, exactly=True).intent
    print(f"意思：{_named(meant.intent)}{_slots(meant)}")
    if meant.instead:
        print(f"没有叫这个名称的，就是：{_named(meant.instead)}")
    print(f"按词表（config/talk/intents.yaml）：{_named(told)}")
    print(f"按例句（config/talk/examples.tsv）：{_named(likely.intent)}，领先 {likely.lead:.1f}")
    print("听错了？把这句话和它的意思加进例句，重新启动就学会。")


def _named(intent: str) -> str:
    if intent in {"", ELSE}:
        return _NOTHING if not intent else "与我们无关"
    name = talk_zh.NAMES.get(intent)
    return f"{intent}（{name}）" if name else intent


def _slots(meant: Meant) -> str:
    slots = {"名称": meant.name, "号码": meant.number, "地方": meant.district, "词": meant.term}
    return "".join(f"；{label}：{held}" for label, held in slots.items() if held)
