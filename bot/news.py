"""Policy and news: where they are."""

from bot.answer import Answer, Heard


def latest(heard: Heard) -> Answer:
    """Say where policy and news are."""
    return Answer(f"{heard.said.SAID['policy']}\n{heard.link('news')}")
