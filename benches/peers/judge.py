"""Whether a peer's word and ours can both be true."""

from dataclasses import dataclass
from typing import Any

from . import mps
from .districts import Level
from .task import INFEASIBLE

#: Relative closeness at which floats of a peer are the same as our integers.
CLOSE = 1e-6


@dataclass(frozen=True)
class Verdict:
    """What comes of laying both words side by side."""

    #: Contradictions: one of the two is wrong. Empty where there is none.
    contradictions: tuple[str, ...]
    #: The peer's point in integers: its value, or what it breaks.
    exact: int | None
    broken: str


def judge(level: Level, answer: dict[str, Any], model: mps.Model | None) -> Verdict:
    """Our bound must not be above their value, nor their bound above our value.

    Where both closed, that makes the optima equal. Their point is reckoned again in integers, so
    that a tolerance of theirs is not taken for a fault of ours.
    """
    slack = CLOSE * max(1.0, abs(level.value))
    value, bound, point = answer["value"], answer["bound"], answer["point"]
    found: list[str] = []
    exact, broken = None, ""
    if answer["status"] == INFEASIBLE:
        found.append(f"it says that no point exists, shizi has one of {level.value}")
    if value is not None:
        if model is not None and point:
            exact, broken = mps.exact_value(model, point)
        if exact is not None and exact < level.bound:
            found.append(f"its point is worth {exact}, shizi's bound is {level.bound}")
        elif exact is None and value < level.bound - slack and not broken:
            found.append(f"its value is {value}, shizi's bound is {level.bound}")
    if bound is not None and bound > level.value + slack:
        found.append(f"its bound is {bound}, shizi has a plan of {level.value}")
    return Verdict(tuple(found), exact, broken)
