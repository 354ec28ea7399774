"""`./xinyong run`: everything on one command, until Ctrl-C."""

from collections.abc import Callable
from contextlib import ExitStack

from config import database, publishing, samples, settings, store
from config.launch import environment, locks, ports, programs, ready, valkey
from config.launch.child import say
from config.launch.supervisor import Supervisor
from config.launch.unsuitable import Unsuitable

READY_SECONDS = 90.0


def everything(given: dict[str, str], only: tuple[str, ...] = ()) -> None:
    """Start all that this environment asks for and watch over it."""
    environ = environment.embedded_environment(given)
    environment.adopt(environ)
    chosen = settings.read()
    sandbox = environment.wants_sandbox(given)
    wanted = [
        program
        for program in programs.of(environ, sandbox=sandbox)
        if not only or program.name in only
    ]
    with ExitStack() as stack:
        stack.enter_context(locks.only_run(chosen.var_dir))
        ports.refuse_taken(_ports(environ, wanted), programs.host(environ))
        own = valkey.of(environ) if environment.wants_valkey(given) else None
        supervisor = Supervisor(environ, own)
        stack.enter_context(supervisor.signals())
        stack.callback(supervisor.stop)
        _prepare(chosen, own)
        supervisor.start(wanted)
        _announce(environ, wanted, supervisor)
        if programs.SANDBOX in {program.name for program in wanted}:
            supervisor.start([programs.menu()])
        supervisor.watch()


def _prepare(chosen: settings.Settings, own: valkey.Valkey | None) -> None:
    if own:
        own.ensure()
    else:
        with store.connect(chosen.redis_url.get_secret_value()) as redis:
            redis.ping()
    say("xinyong", "正在升级数据库……")
    database.upgrade(chosen.database_url.get_secret_value())
    publishing.settle_departments(chosen)
    if chosen.mode is settings.Mode.DEVELOPMENT:
        samples.load(chosen)


def _ports(environ: dict[str, str], wanted: list[programs.Program]) -> dict[str, int]:
    names = {program.name for program in wanted}
    taken = {"web": ("PORT", environment.WEB_PORT)}
    taken[programs.SANDBOX] = ("SANDBOX_PORT", environment.SANDBOX_PORT)
    return {
        name: environment.port(environ, name, default)
        for program, (name, default) in taken.items()
        if program in names
    }


def _announce(
    environ: dict[str, str], wanted: list[programs.Program], supervisor: Supervisor
) -> None:
    if not supervisor.wait(_all_ready(environ, wanted), within=READY_SECONDS):
        raise Unsuitable("服务没有启动成功，原因见上面各行。")
    if supervisor.told:
        return
    for line in _addresses(_ports(environ, wanted)):
        say("xinyong", line)


def _all_ready(environ: dict[str, str], wanted: list[programs.Program]) -> Callable[[], bool]:
    where = _ports(environ, wanted)
    host = (environ.get("TRUSTED_HOSTS", "").split(",")[0]).strip()
    listening = programs.host(environ)
    local = "127.0.0.1" if listening in {"0.0.0.0", "::"} else listening  # noqa: S104

    def check() -> bool:
        web = "PORT" not in where or ready.answers((local, where["PORT"]), "/readyz", host=host)
        sandbox = where.get("SANDBOX_PORT")
        return web and (sandbox is None or ready.answers(("127.0.0.1", sandbox), "/"))

    return check


def _addresses(where: dict[str, int]) -> list[str]:
    lines = ["已启动。按 Ctrl-C 停止。"]
    if "SANDBOX_PORT" in where:
        lines.append(f"手机页面  http://127.0.0.1:{where['SANDBOX_PORT']}/")
    if "PORT" in where:
        lines.append(f"接口文档  http://127.0.0.1:{where['PORT']}/api/v1/docs")
        lines.append(f"健康状态  http://127.0.0.1:{where['PORT']}/readyz")
    return lines
