"""HiGHS, through highspy."""

import math
import time

import highspy

from ..task import FAILED, INFEASIBLE, SOLVED, TIME_OUT, Answer, Task, peak_kilobytes

#: HiGHS writes infinities where it knows nothing.
INFINITE = 1e30


def _new(threads: int, limit: float) -> highspy.Highs:
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("threads", threads)
    highs.setOptionValue("time_limit", limit)
    return highs


def _read(highs: highspy.Highs, task: Task) -> None:
    if highs.readModel(str(task.model)) == highspy.HighsStatus.kError:
        raise RuntimeError(f"HiGHS cannot read {task.model}")
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", task.target)


def _answer(highs: highspy.Highs, seconds: float, before: int) -> Answer:
    status, info = highs.getModelStatus(), highs.getInfo()
    word = {
        highspy.HighsModelStatus.kOptimal: SOLVED,
        highspy.HighsModelStatus.kTimeLimit: TIME_OUT,
        highspy.HighsModelStatus.kInfeasible: INFEASIBLE,
        highspy.HighsModelStatus.kUnboundedOrInfeasible: INFEASIBLE,
    }.get(status, FAILED)
    answer = Answer(
        status=word,
        seconds=seconds,
        version=highs.version(),
        note=highs.modelStatusToString(status),
        before_kilobytes=before,
    )
    if abs(info.mip_dual_bound) < INFINITE and math.isfinite(info.mip_dual_bound):
        answer.bound = info.mip_dual_bound
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        answer.value = info.objective_function_value
        names = highs.getLp().col_names_
        values = highs.getSolution().col_value
        answer.point = {
            name: round(value)
            for name, value in zip(names, values, strict=True)
            if name.startswith("x") and round(value)
        }
    return answer


def solve(task: Task) -> Answer:
    """Solves the model."""
    highs = _new(task.threads, task.limit)
    _read(highs, task)
    before = peak_kilobytes()
    started = time.perf_counter()
    highs.run()
    return _answer(highs, time.perf_counter() - started, before)


def relax(task: Task) -> Answer:
    """The optimum of the model without its integers, by the interior point without crossover."""
    highs = _new(task.threads, task.limit)
    _read(highs, task)
    for name, value in (("solve_relaxation", True), ("solver", "ipm"), ("run_crossover", "off")):
        highs.setOptionValue(name, value)
    before = peak_kilobytes()
    started = time.perf_counter()
    highs.run()
    seconds = time.perf_counter() - started
    answer = _answer(highs, seconds, before)
    answer.point = {}
    if answer.status == SOLVED:
        answer.bound = answer.value
    return answer


def solve_in_turn(task: Task, level: int, limits: dict[int, int], hint: dict[str, int]) -> Answer:
    """Solves a level under HiGHS' own values of the earlier ones.

    `limits` says by how much the row of an earlier level is to be moved; `hint` is the point of
    the level before, from which HiGHS starts as we do.
    """
    highs = _new(task.threads, task.limit)
    _read(highs, task)
    lp = highs.getLp()
    names = {name: position for position, name in enumerate(lp.row_names_)}
    for earlier in range(level):
        position = names[f"level{earlier}"]
        right = lp.row_upper_[position] + limits[earlier]
        highs.changeRowBounds(position, -highspy.kHighsInf, right)
    if hint:
        columns = [
            (position, float(hint.get(name, 0)))
            for position, name in enumerate(lp.col_names_)
            if name.startswith("x")
        ]
        positions, values = zip(*columns, strict=True)
        highs.setSolution(len(positions), list(positions), list(values))
    before = peak_kilobytes()
    started = time.perf_counter()
    highs.run()
    return _answer(highs, time.perf_counter() - started, before)
