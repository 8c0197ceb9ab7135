"""CP-SAT of OR-Tools, on a model in integers: no float of the file reaches it.

One person's options become `exactly one` of booleans, unit steps become booleans that are filled
from below, rows keep their integers. What CP-SAT sees is the same set of points with the same
values; a float import, with continuous steps scaled by it, would be unfair to it.
"""

import time
from importlib.metadata import version

from ortools.sat.python import cp_model

from .. import mps
from ..task import FAILED, INFEASIBLE, SOLVED, TIME_OUT, Answer, Task, peak_kilobytes


def build(model: mps.Model) -> tuple[cp_model.CpModel, dict[str, cp_model.IntVar]]:
    """The model and its variables by name."""
    program = cp_model.CpModel()
    variables: dict[str, cp_model.IntVar] = {}
    rows: dict[str, list[tuple[cp_model.IntVar, int]]] = {row: [] for row in model.rights}
    rights = dict(model.rights)
    constant = 0
    last: tuple[str, cp_model.IntVar, int] | None = None
    for column in model.columns.values():
        if column.name == mps.CONSTANT:
            constant += column.objective
            continue
        variable = (
            program.new_bool_var(column.name)
            if (column.lower, column.upper) == (0, 1)
            else program.new_int_var(column.lower, column.upper, column.name)
        )
        variables[column.name] = variable
        for row, coefficient in column.entries:
            rows[row].append((variable, coefficient))
        if column.is_step:
            # Costs rise from step to step, so nothing is lost where they are filled in order.
            counter = column.name.partition("_")[0]
            if last is not None and last[0] == counter and last[2] == 1 == column.upper:
                program.add_implication(variable, last[1])
            last = (counter, variable, column.upper)
    for row, terms in rows.items():
        names = [variable for variable, _ in terms]
        coefficients = [coefficient for _, coefficient in terms]
        one_of_booleans = (
            row.startswith("r")
            and rights[row] == 1
            and all(model.columns[name.name].upper == 1 for name in names)
        )
        if one_of_booleans:
            program.add_exactly_one(names)
            continue
        total = cp_model.LinearExpr.weighted_sum(names, coefficients)
        if row in model.limits:
            program.add(total <= rights[row])
        else:
            program.add(total == rights[row])
    costs = [
        (variables[name], column.objective)
        for name, column in model.columns.items()
        if name in variables and column.objective
    ]
    program.minimize(
        cp_model.LinearExpr.weighted_sum([one for one, _ in costs], [cost for _, cost in costs])
        + constant
    )
    return program, variables


def solve(task: Task, workers: int | None = None) -> Answer:
    """Solves the model, with as many workers as the others have threads unless said otherwise."""
    program, variables = build(mps.read(task.model))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers or task.threads
    solver.parameters.max_time_in_seconds = task.limit
    solver.parameters.absolute_gap_limit = task.target
    solver.parameters.relative_gap_limit = 0.0
    before = peak_kilobytes()
    started = time.perf_counter()
    status = solver.solve(program)
    seconds = time.perf_counter() - started
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    word = {
        cp_model.OPTIMAL: SOLVED,
        cp_model.INFEASIBLE: INFEASIBLE,
        cp_model.FEASIBLE: TIME_OUT,
        cp_model.UNKNOWN: TIME_OUT,
    }.get(status, FAILED)
    answer = Answer(
        status=word,
        seconds=seconds,
        version=version("ortools"),
        note=solver.status_name(status),
        before_kilobytes=before,
    )
    if word != INFEASIBLE:
        answer.bound = solver.best_objective_bound
    if found:
        answer.value = solver.objective_value
        answer.point = {
            name: solver.value(variable)
            for name, variable in variables.items()
            if name.startswith("x") and solver.value(variable)
        }
    return answer
