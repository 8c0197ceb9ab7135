"""What a peer is asked, and what it answers."""

import resource
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

#: The words for how a peer ended.
SOLVED, TIME_OUT, INFEASIBLE, FAILED = "solved", "time-out", "infeasible", "failed"


@dataclass(frozen=True)
class Task:
    """One model, to be solved to an absolute gap."""

    model: Path
    threads: int
    #: Value minus bound at which the model counts as solved, in the objective's units.
    target: float
    #: Seconds.
    limit: float


@dataclass
class Answer:
    """What a peer says; all of it is a claim."""

    status: str
    #: Seconds of solving, without reading the model.
    seconds: float
    value: float | None = None
    bound: float | None = None
    version: str = ""
    #: The solver's own word for how it ended.
    note: str = ""
    #: Peak memory when solving began: interpreter, wheel and model.
    before_kilobytes: int = 0
    #: Integer columns that are not zero.
    point: dict[str, int] = field(default_factory=dict)

    def figures(self) -> dict[str, Any]:
        """Everything but the point, for the file of results."""
        figures = asdict(self)
        del figures["point"]
        return figures


def peak_kilobytes() -> int:
    """Peak resident memory of this process until now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
