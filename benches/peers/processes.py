"""Every measured command runs in a process of its own, under `measure.py`."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .task import FAILED, TIME_OUT

MEASURE = Path(__file__).with_name("measure.py")


@dataclass(frozen=True)
class Usage:
    """What a command took."""

    exit_code: int
    killed: bool
    wall: float
    processor: float
    peak_kilobytes: int
    log: str


def measured(command: list[str], patience: float = 86_400.0) -> Usage:
    """Runs a command to its end, or kills it."""
    with tempfile.TemporaryDirectory() as folder:
        result, log = Path(folder) / "usage.json", Path(folder) / "log"
        wrapper = [sys.executable, "-I", "-S", str(MEASURE), str(result), str(patience), str(log)]
        subprocess.run([*wrapper, *command], check=True)
        figures = json.loads(result.read_text(encoding="utf-8"))
        return Usage(**figures, log=log.read_text(encoding="utf-8", errors="replace"))


def ask(task: dict[str, Any], limit: float) -> tuple[list[dict[str, Any]], Usage]:
    """A peer's answers to a task; one that dies or ignores its limit answers so."""
    with tempfile.TemporaryDirectory() as folder:
        question, reply = Path(folder) / "task.json", Path(folder) / "answer.json"
        question.write_text(json.dumps(task), encoding="utf-8")
        command = [sys.executable, "-m", "peers.worker", str(question), str(reply)]
        # Reading and writing are outside the limit, and solvers look at their clocks now and then.
        usage = measured(command, patience=1.5 * limit + 120.0)
        if reply.is_file():
            return json.loads(reply.read_text(encoding="utf-8")), usage
        last = usage.log.strip().splitlines()[-1:] or [""]
        note = "killed" if usage.killed else f"exit code {usage.exit_code}: {last[0]}"
        status = TIME_OUT if usage.killed else FAILED
        dead = {"status": status, "seconds": usage.wall, "value": None, "bound": None}
        return [{**dead, "version": "", "note": note, "before_kilobytes": 0, "point": {}}], usage


def load_average() -> float:
    """How busy the machine is besides; a measurement beside others is worth less."""
    return round(os.getloadavg()[0], 2)
