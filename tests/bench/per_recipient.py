"""What the bench compares with: one RQ job for each recipient, each a call of its own."""

from config import jobs
from core import accounts
from core.db import Reading, Writing
from core.outbox import deliveries, settle
from core.outbox.deliveries import Delivery
from core.outbox.settle import Outcome, Verdict
from messages.wechat.client import CreditWeChat
from messages.wechat.tokens import Credentials, Tokens
from messages.wechat.wire import Wire


def send(event_id, account_id):
    """Send one message and write down what became of it."""
    tools = jobs.tools()
    chosen, pace, now = tools.settings, tools.post.pace, tools.post.clock()
    who = Credentials(chosen.wechat_appid, chosen.wechat_secret.get_secret_value())
    wire = Wire(chosen.wechat_api)
    with Reading() as session:
        one = session.get_one(Delivery, (event_id, account_id))
        openid = accounts.openid_of(session, account_id)
    body = {"touser": openid, "client_msg_id": f"{event_id}-{account_id}", "template_id": "t"}
    msgid = CreditWeChat(who, wire, Tokens(tools.redis, wire, who)).send_template_once(body)
    with Writing() as session:
        session.merge(one).state = deliveries.DeliveryState.SENDING
        session.flush()
        outcome = Outcome(Verdict.ACCEPTED, msgid=msgid)
        settle.settle(session, [(one, outcome)], now=now, pace=pace)
