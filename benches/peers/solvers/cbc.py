"""CBC: the program itself, since it has no interface that gives its bound."""

import re
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from ..task import FAILED, INFEASIBLE, SOLVED, TIME_OUT, Answer, Task


def _program() -> str:
    """The program lies beside the interpreter."""
    return str(Path(sys.executable).parent / "cbc")


def _figure(log: str, title: str) -> tuple[float, float] | None:
    """The last figure of that title, and half a unit of its last digit: CBC prints six digits."""
    found = re.findall(rf"^{title}:\s+(-?[0-9.]+)(?:e([+-]?\d+))?\s*$", log, re.MULTILINE)
    if not found:
        return None
    digits, power = found[-1]
    scale = 10.0 ** int(power or 0)
    decimals = len(digits.partition(".")[2])
    # A whole number without a power is printed in full only below a million.
    exact = not power and decimals == 0
    return float(digits) * scale, 0.0 if exact else 0.5 * scale * 10.0**-decimals


def _solution(file: Path) -> tuple[str, float | None, dict[str, int]]:
    """The word, the value and the point of a solution file."""
    if not file.is_file():
        return "no solution file", None, {}
    point: dict[str, int] = {}
    with file.open(encoding="utf-8") as lines:
        word, _, value = next(lines, "").strip().partition(" - objective value ")
        for line in lines:
            # A line that breaks a limit begins with two stars.
            fields = line.replace("**", "").split()
            if fields[1].startswith("x") and round(float(fields[2])):
                point[fields[1]] = round(float(fields[2]))
    return word, float(value) if value else None, point


def solve(task: Task) -> Answer:
    """Solves the model; its seconds are CBC's own and contain reading."""
    with tempfile.TemporaryDirectory() as folder:
        solution = Path(folder) / "solution"
        command = [_program(), str(task.model), "-timeMode", "elapsed", "-sec", str(task.limit)]
        command += ["-threads", str(task.threads), "-ratioGap", "0"]
        command += ["-allowableGap", str(task.target), "-solve", "-solution", str(solution)]
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - started
        log = done.stdout + done.stderr
        word, value, point = _solution(solution)
    own = re.findall(r"^Total time \(Wallclock seconds\):\s+([0-9.]+)", log, re.MULTILINE)
    answer = Answer(
        status=FAILED,
        seconds=float(own[-1]) if own else seconds,
        version=version("cbcbox"),
        note=f"{word}, exit code {done.returncode}",
    )
    if word.startswith("Optimal"):
        answer.status = SOLVED
    elif word.startswith("Stopped on time"):
        answer.status = TIME_OUT
    elif word.startswith(("Infeasible", "Integer infeasible")):
        answer.status = INFEASIBLE
    lower = _figure(log, "Lower bound")
    if lower is not None:
        # What the rounding of the print may have added is taken off again.
        answer.bound = lower[0] - lower[1]
    elif word == "Optimal":
        answer.bound = value
    # Without a point CBC writes the relaxation's.
    if answer.status in (SOLVED, TIME_OUT) and "No feasible solution found" not in log:
        answer.value, answer.point = value, point
    return answer
