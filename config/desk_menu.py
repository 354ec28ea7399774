"""The menu of a desk: put to the sandbox's phone once it is there, beside the start.

    python -m config.desk_menu

A process of its own: the start waits neither for it nor for what it loads.
"""

import sys

from config import menu, settings, store, wechat_account
from config.rulebook.tables import RulebookError
from messages.wechat.errors import WeChatError


def main() -> None:
    """Put the menu of our file, or say that it is not there."""
    chosen = settings.read()
    try:
        with store.connect(chosen.redis_url.get_secret_value()) as redis:
            menu.put(wechat_account.client(chosen, redis), chosen.public_url)
    except (RulebookError, WeChatError) as error:
        told = f"菜单没有放到手机上，别的照常。原因：{error}\n改好以后：./xinyong wechat menu push"
    else:
        told = "手机上的菜单已按 config/menu.yaml 更新。"
    sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main()
