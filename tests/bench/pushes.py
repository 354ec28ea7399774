"""Encrypted pushes by the thousand, as a Lua script for wrk: each is sent once."""

import itertools
import random
import secrets
import time

from bot.seal import Seal, signature
from tests.fixtures.service import AES_KEY, APPID, TOKEN, xml_of

SEAL = Seal(TOKEN, AES_KEY, APPID)
_msgids = itertools.count(7_000_000_000_000_000)
_SCRIPT = """
local file = io.open("%s", "rb")
local pushes = {}
for line in file:lines() do
  local target, body = line:match("^(%%S+) (.*)$")
  pushes[#pushes + 1] = wrk.format("POST", target, nil, body)
end
file:close()
local next_one = 0
request = function()
  next_one = next_one + 1
  if next_one > #pushes then next_one = 1 end
  return pushes[next_one]
end
"""


def one(text, openid):
    """Return the target and the body of one sealed push."""
    now, nonce = str(int(time.time())), secrets.token_hex(5)
    fields = {
        "ToUserName": "gh_km",
        "FromUserName": openid,
        "CreateTime": now,
        "MsgType": "text",
        "Content": text,
        "MsgId": str(next(_msgids)),
    }
    encrypted = SEAL.encrypt(xml_of(fields).encode())
    signed = signature(TOKEN, now, nonce, encrypted)
    target = (
        f"/wechat?signature={signature(TOKEN, now, nonce)}&timestamp={now}&nonce={nonce}"
        f"&openid={openid}&encrypt_type=aes&msg_signature={signed}"
    )
    body = f"<xml><ToUserName>gh_km</ToUserName><Encrypt>{encrypted}</Encrypt></xml>"
    return target, body


def script(folder, texts, *, count, seed):
    """Write `count` pushes with texts drawn at random, and the Lua that sends them in turn."""
    draw = random.Random(seed)
    data = folder / f"pushes-{seed}.txt"
    with data.open("w") as file:
        for number in range(count):
            target, body = one(draw.choice(texts), f"oKM_bench_{number % 5000:018}")
            file.write(f"{target} {body}\n")
    lua = folder / f"pushes-{seed}.lua"
    lua.write_text(_SCRIPT % data)
    return str(lua)
