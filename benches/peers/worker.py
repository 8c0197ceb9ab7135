"""One peer on one model, in a process of its own: `python -m peers.worker TASK.json ANSWER.json`.

Nothing is imported but the one solver, so that peak memory is its own.
"""

import importlib
import json
import sys
from pathlib import Path

from .task import FAILED, Answer, Task


def in_turn(asked: dict) -> list[Answer]:
    """HiGHS on every level after another, under its own values of the earlier ones."""
    from .solvers import highs

    answers: list[Answer] = []
    moved: dict[int, int] = {}
    point: dict[str, int] = {}
    for level, (model, target, ours) in enumerate(asked["levels"]):
        task = Task(Path(model), asked["threads"], target, asked["limit"])
        answer = highs.solve_in_turn(task, level, moved, point)
        answers.append(answer)
        if answer.value is None:
            break
        point = answer.point
        # The next model holds our value as the limit of this level.
        moved[level] = round(answer.value) - ours
    return answers


def answer(asked: dict) -> Answer:
    """What the peer says of a model."""
    task = Task(Path(asked["model"]), asked["threads"], asked["target"], asked["limit"])
    match asked["solver"]:
        case "highs-relaxation":
            return importlib.import_module(".solvers.highs", __package__).relax(task)
        case "scip-concurrent":
            return importlib.import_module(".solvers.scip", __package__).solve(task, True)
        case "cp-sat-eight":
            return importlib.import_module(".solvers.cp_sat", __package__).solve(task, 8)
        case name:
            module = importlib.import_module(f".solvers.{name.replace('-', '_')}", __package__)
            return module.solve(task)


def main() -> None:
    """Reads the task, writes the answer and its point."""
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    try:
        answers = in_turn(asked) if "levels" in asked else [answer(asked)]
    except Exception as error:
        # A peer that breaks is a result too.
        answers = [Answer(status=FAILED, seconds=0.0, note=f"{type(error).__name__}: {error}")]
    told = [{**one.figures(), "point": one.point} for one in answers]
    Path(sys.argv[2]).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
