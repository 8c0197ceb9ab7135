"""SCIP, through PySCIPOpt."""

import time

import pyscipopt

from ..task import FAILED, INFEASIBLE, SOLVED, TIME_OUT, Answer, Task, peak_kilobytes


def solve(task: Task, concurrent: bool = False) -> Answer:
    """Solves the model; SCIP's usual search has one thread whatever it is given."""
    model = pyscipopt.Model()
    model.hideOutput()
    model.readProblem(str(task.model))
    model.setParam("limits/absgap", task.target)
    model.setParam("limits/gap", 0.0)
    model.setParam("limits/time", task.limit)
    if concurrent:
        model.setParam("parallel/maxnthreads", task.threads)
        model.setParam("parallel/minnthreads", task.threads)
    before = peak_kilobytes()
    started = time.perf_counter()
    if concurrent:
        model.solveConcurrent()
    else:
        model.optimize()
    seconds = time.perf_counter() - started
    note = model.getStatus()
    word = {
        "optimal": SOLVED,
        "gaplimit": SOLVED,
        "timelimit": TIME_OUT,
        "infeasible": INFEASIBLE,
    }.get(note, FAILED)
    answer = Answer(
        status=word,
        seconds=seconds,
        version=str(model.version()),
        note=note,
        before_kilobytes=before,
    )
    infinity = model.infinity()
    if abs(model.getDualbound()) < infinity:
        answer.bound = model.getDualbound()
    if model.getNSols() > 0:
        answer.value = model.getObjVal()
        best = model.getBestSol()
        for variable in model.getVars():
            if variable.name.startswith("x"):
                value = round(model.getSolVal(best, variable))
                if value:
                    answer.point[variable.name] = value
    return answer
