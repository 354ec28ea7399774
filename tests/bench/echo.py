"""The comparisons: a bare wechatpy + Flask echo, and the same with bare input and output.

The second does, with the drivers alone and no rule, word or state of ours, one round trip to Redis
and one query: what any handler that remembers and looks up must pay on this machine.
"""

import os
from pathlib import Path

import psycopg
import redis
from flask import Flask, request
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto

from tests.fixtures.service import AES_KEY, APPID, TOKEN

CRYPTO = WeChatCrypto(TOKEN, AES_KEY, APPID)


def create():
    """Build the echo."""
    app = Flask(__name__)

    @app.post("/wechat")
    def echo():
        args = request.args
        proof = args["msg_signature"], args["timestamp"], args["nonce"]
        message = parse_message(CRYPTO.decrypt_message(request.get_data(), *proof))
        reply = create_reply(message.content, message).render()
        return CRYPTO.encrypt_message(reply, args["nonce"], args["timestamp"])

    @app.get("/")
    def up():
        return "up"

    return app


_QUERY = (
    "select s.id, s.name, r.kind, r.title, r.authority, r.event_date, r.ends_on from subjects s "
    "left join records r on r.subject_id = s.id and r.state = 'published' where s.uscc = %s "
    "order by r.event_date desc, r.id desc limit 50"
)


def create_with_io():
    """Build the echo that also asks Redis and PostgreSQL."""
    app = create()
    memory = redis.Redis.from_url(os.environ["REDIS_URL"])
    url = os.environ["DATABASE_URL"].replace("postgresql+psycopg:", "postgresql:")
    database = psycopg.connect(url, autocommit=True, prepare_threshold=1)
    codes = Path(os.environ["BENCH_CODES"]).read_text(encoding="ascii").split()

    @app.before_request
    def remember_and_look():
        if request.method == "POST":
            pipe = memory.pipeline(transaction=False)
            pipe.set(request.args["msg_signature"], "-", nx=True, get=True, ex=20)
            pipe.get(request.args["openid"])
            pipe.execute()
            chosen = codes[int(request.args["nonce"], 16) % len(codes)]
            database.execute(_QUERY, [chosen]).fetchall()

    return app
