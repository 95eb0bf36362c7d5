"""Start one command under limits, wait for it, and tell what it used.

    python launch.py FOLDER SECONDS CLOCK MEMORY COMMAND...

This process is small on purpose: a process begins with the most memory that the one had from which it was split off.
What the command prints goes to ``output`` and ``errors`` in the folder, what it used to ``usage.json``.
"""

import json
import os
import resource
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path


def main(folder: Path, limits: list[int], command: list[str]) -> None:
    """Start *command* and wait for it.

    Args:
        folder: Where the results go.
        limits: How many seconds of processor time it may take, how many by the clock, and how many MB of data.
        command: What to start.
    """
    start = time.perf_counter()
    seconds, clock, memory = limits
    process = os.fork()
    if not process:
        _become(folder, seconds, memory, command)
    status, used = _wait(process, start + clock)
    told = {
        "status": os.waitstatus_to_exitcode(status),
        "cpu": used.ru_utime + used.ru_stime,
        "wall": time.perf_counter() - start,
        "memory": used.ru_maxrss / 1024,
    }
    (folder / "usage.json").write_text(json.dumps(told), encoding="utf-8")


def _become(folder: Path, seconds: int, memory: int, command: list[str]) -> None:
    """Limit this process, and make it the command."""
    os.setsid()
    for number, name in ((1, "output"), (2, "errors")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), number)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (memory << 20, memory << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        os.execvp(command[0], command)
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
        os._exit(127)


def _wait(process: int, until: float) -> tuple[int, resource.struct_rusage]:
    """Wait for a process until its time is over, and end all that is left of what it started."""
    done, status, used = 0, 0, None
    while not done and time.perf_counter() < until:
        done, status, used = os.wait4(process, os.WNOHANG)
        time.sleep(0 if done else 0.01)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    if not done or used is None:
        _, status, used = os.wait4(process, 0)
    return status, used


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(limit) for limit in sys.argv[2:5]], sys.argv[5:])
