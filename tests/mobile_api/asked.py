"""Asking from somewhere, with some device."""

LISTS = "/api/v1/dictionaries/zones"
PATIENT = 10.0  # a slow machine is no Redis that is away


def ask(client, address="198.51.100.7", device=None, path=LISTS, **headers):
    sent = headers | ({"X-Installation-Id": device} if device else {})
    return client.get(path, headers=sent, environ_overrides={"REMOTE_ADDR": address})


def statuses(client, times, **asked):
    return [ask(client, **asked).status_code for _ in range(times)]
