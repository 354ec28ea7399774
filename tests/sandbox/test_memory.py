"""WeChat remembers a client_msg_id for ten minutes."""


def counted(desk):
    return desk.read("counts")["by_client_msg_id"]


def test_a_repeated_key_sends_one_message_and_is_answered_alike(desk):
    desk.follow("oA")
    first, second = desk.send(client_msg_id="e1"), desk.send(client_msg_id="e1")
    assert first == second
    assert len(desk.got()) == 1
    calls = desk.read("log", path="/cgi-bin/message/template/send")["calls"]
    assert [call["duplicate"] for call in calls] == [False, True]
    assert {call["msgid"] for call in calls} == {first["msgid"]}


def test_after_ten_minutes_the_key_is_forgotten(desk, clock):
    desk.follow("oA")
    first = desk.send(client_msg_id="e1")
    clock.forward(599)
    assert desk.send(client_msg_id="e1")["msgid"] == first["msgid"]
    clock.forward(1)
    assert desk.send(client_msg_id="e1")["msgid"] != first["msgid"]
    assert counted(desk) == [{"openid": "oA", "client_msg_id": "e1", "messages": 2}]
    assert desk.read("counts")["most_by_client_msg_id"] == 2


def test_the_same_key_to_another_citizen_is_another_message(desk):
    desk.follow("oA", "oB")
    desk.send("oA", client_msg_id="e1")
    desk.send("oB", client_msg_id="e1")
    assert desk.read("counts")["by_openid"] == {"oA": 1, "oB": 1}


def test_without_a_key_every_call_sends(desk):
    desk.follow("oA")
    desk.send()
    desk.send()
    assert desk.read("counts")["messages"] == 2
    assert counted(desk) == []


def test_pace_shortens_the_memory(make, clock):
    desk = make(pace=60)
    desk.order("receipts", mode="off")
    desk.follow("oA")
    desk.send(client_msg_id="e1")
    clock.forward(10)
    desk.send(client_msg_id="e1")
    assert desk.read("counts")["most_by_client_msg_id"] == 2
