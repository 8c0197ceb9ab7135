#!/usr/bin/env python3
"""Another solver's word on our levels: HiGHS solves the exported models.

    python3 confirm_levels.py DIRECTORY [LEVELS.json] [--time-limit SECONDS]

DIRECTORY holds level-1.mps, level-2.mps, ... LEVELS.json (by default DIRECTORY/levels.json) is a
list, or an object with a list "levels", of {"name", "value", "bound", "closed"} in the order of
the levels; a plan's summary.json serves, whose values in whole units are then taken. A closed level must have HiGHS' optimum, within 1e-6 relative; on an open one the
optimum must lie between bound and value. Where HiGHS does not finish in time, its own bounds must
not contradict ours. One line a level; exits with 1 on a contradiction, 2 where it cannot judge.
"""

import argparse
import json
import math
import pathlib
import sys

import highspy

TOLERANCE = 1e-6


def solve(path, seconds):
    """(finished, lowest and highest possible optimum) as HiGHS sees it."""
    highs = highspy.Highs()
    highs.silent()
    for option, value in (("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-6), ("time_limit", seconds),
                          ("mip_feasibility_tolerance", 1e-9), ("threads", 2)):
        highs.setOptionValue(option, value)
    if highs.readModel(str(path)) == highspy.HighsStatus.kError:
        raise RuntimeError(f"HiGHS cannot read {path}")
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible,
                  highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return True, math.inf, math.inf
    if status == highspy.HighsModelStatus.kOptimal:
        return True, info.objective_function_value, info.objective_function_value
    # HiGHS writes infinities where it knows nothing; a model without integers has no dual bound.
    low = info.mip_dual_bound if abs(info.mip_dual_bound) < 1e30 else -math.inf
    found = info.primal_solution_status == 2
    return False, low, info.objective_function_value if found else math.inf


def judge(level, finished, low, high):
    """What HiGHS' bounds say of our claim, as a word."""
    value, bound = level["value"], level["bound"]
    slack = TOLERANCE * max(1.0, abs(value))
    claimed_low = value if level["closed"] else bound
    if bound > value + slack or high < claimed_low - slack or low > value + slack:
        return "DISAGREES"
    return "agrees" if finished else "undecided"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("levels", type=pathlib.Path, nargs="?")
    parser.add_argument("--time-limit", type=float, default=600.0)
    arguments = parser.parse_args()
    file = arguments.levels or arguments.directory / "levels.json"
    try:
        levels = json.loads(file.read_text(encoding="utf-8"))
        levels = levels["levels"] if isinstance(levels, dict) else levels
        if not levels:
            raise ValueError(f"{file} names no level")
        words = []
        for number, level in enumerate(levels, 1):
            level["value"] = level.get("units", level["value"])
            level["bound"] = level.get("bound_units", level["bound"])
            path = arguments.directory / f"level-{number}.mps"
            if not path.is_file():
                raise FileNotFoundError(path)
            finished, low, high = solve(path, arguments.time_limit)
            words.append(judge(level, finished, low, high))
            optimum = f"{high:.10g}" if finished else f"{low:.10g}..{high:.10g}"
            claim = "closed" if level["closed"] else f"bound {level['bound']}"
            print(f"level {number} {level['name']}: value {level['value']} {claim}, "
                  f"HiGHS {optimum}: {words[-1]}", flush=True)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        print(f"confirm_levels: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 1 if "DISAGREES" in words else 2 if "undecided" in words else 0


if __name__ == "__main__":
    sys.exit(main())
