"""Whether what we started answers."""

import http.client

_PATIENCE = 2.0


def answers(address: tuple[str, int], path: str, *, host: str = "") -> bool:
    """Ask one page; past any proxy, for it is on this machine."""
    connection = http.client.HTTPConnection(*address, timeout=_PATIENCE)
    try:
        connection.request("GET", path, headers={"Host": host} if host else {})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
