"""Runs one command and says what it took: wall, processor, peak memory.

    python -I -S measure.py RESULT.json SECONDS LOG COMMAND...

A process of its own, and a small one: Linux counts what the parent held at the fork as the
child's peak, and shizi itself is small. SECONDS is when a command that does not end is killed.
"""

import json
import os
import signal
import sys
import time


def main() -> int:
    """Exits as the command did."""
    result, patience, log, *command = sys.argv[1:]
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        try:
            os.execvp(command[0], command)
        except OSError as error:
            print(f"{command[0]}: {error}", file=sys.stderr)
            os._exit(127)
    killed = False

    def kill(_number: int, _frame: object) -> None:
        nonlocal killed
        killed = True
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, kill)
    signal.setitimer(signal.ITIMER_REAL, float(patience))
    # As on a keyboard: whoever ends this process ends the command too.
    signal.signal(signal.SIGTERM, kill)
    signal.signal(signal.SIGINT, kill)
    _, status, usage = os.wait4(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    code = os.waitstatus_to_exitcode(status)
    with open(result, "w", encoding="utf-8") as out:
        figures = {
            "exit_code": code,
            "killed": killed,
            "wall": time.perf_counter() - started,
            "processor": usage.ru_utime + usage.ru_stime,
            "peak_kilobytes": usage.ru_maxrss,
        }
        json.dump(figures, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
