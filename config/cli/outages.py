"""What is away or cannot be written when a command runs, said in one line with what to do."""

import errno

from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError

KINDS = (OperationalError, RedisError, OSError)
_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "只能读",
    errno.EEXIST: "不是目录",
    errno.ENOTDIR: "不是目录",
}


def words(error: Exception) -> str:
    """Say what is the matter. Raises the error again if we cannot name it."""
    if isinstance(error, RedisError):
        return "Redis 连不上。请检查 REDIS_URL，以及 Redis 是否已启动。"
    if isinstance(error, OperationalError):
        cause = str(error.orig).partition("\n")[0]
        return f"数据库不能用。请检查 DATABASE_URL，以及数据库是否已启动、是否可写（{cause}）。"
    if isinstance(error, OSError) and error.filename is not None:
        reason = _REASONS.get(error.errno or 0, "打不开")
        return f"不能读写 {error.filename}：{reason}。请检查权限和磁盘，或换一个位置。"
    raise error
