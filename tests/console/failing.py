"""A job that fails, and says in its error what no page may show."""


def fail():
    raise ValueError("no such person: 13987654321")


def work():
    return "done"
