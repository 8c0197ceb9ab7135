"""Our exported models, read as what they are: integers throughout.

Names say what a column is (see `src/program/export.rs`): `x` uses of options, `u` steps of
counters, `one` the constant; rows are `r` agents, `c` counters, `level` earlier levels.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CONSTANT = "one"
UNCHANGEABLE = "* unchangeable "


@dataclass(slots=True)
class Column:
    """A column with its bounds and its entries, the objective's among them."""

    name: str
    objective: int = 0
    lower: int = 0
    upper: int = 0
    entries: list[tuple[str, int]] = field(default_factory=list)

    @property
    def is_step(self) -> bool:
        """Whether it is a step of a counter; an ordinary program need not make it an integer."""
        return self.name.startswith("u")


@dataclass(slots=True)
class Model:
    """Minimise the objective; rows are equalities, but for levels, which are upper limits."""

    columns: dict[str, Column]
    #: Right-hand sides, in the order of the file.
    rights: dict[str, int]
    #: Rows that are upper limits.
    limits: set[str]


def unchangeable(path: Path) -> int:
    """The part of the objective that no decision changes."""
    with path.open(encoding="ascii") as lines:
        first = next(lines, "")
    if not first.startswith(UNCHANGEABLE):
        raise ValueError(f"{path} does not say what is unchangeable: export it again")
    return int(first.removeprefix(UNCHANGEABLE))


def _fields(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Section and fields of every line that holds data."""
    section = ""
    with path.open(encoding="ascii") as lines:
        for line in lines:
            if line.startswith("*"):
                continue
            fields = line.split()
            if not line.startswith(" "):
                section = fields[0]
            else:
                yield section, fields


def read(path: Path) -> Model:
    """Reads a model of ours; not for free MPS in general."""
    model = Model(columns={}, rights={}, limits=set())
    for section, fields in _fields(path):
        if section == "ROWS":
            sense, name = fields
            if sense != "N":
                model.rights[name] = 0
                if sense == "L":
                    model.limits.add(name)
        elif section == "COLUMNS" and fields[1] != "'MARKER'":
            name, row, coefficient = fields[0], fields[1], int(fields[2])
            column = model.columns.get(name)
            if column is None:
                column = model.columns[name] = Column(name)
            if row == "cost":
                column.objective = coefficient
            else:
                column.entries.append((row, coefficient))
        elif section == "RHS":
            model.rights[fields[1]] = int(fields[2])
        elif section == "BOUNDS":
            kind, column, bound = fields[0], model.columns[fields[2]], int(fields[3])
            if kind in ("LO", "FX"):
                column.lower = bound
            if kind in ("UP", "FX"):
                column.upper = bound
    return model


def exact_value(model: Model, uses: dict[str, int]) -> tuple[int | None, str]:
    """What a point is worth in integers, or which row it breaks.

    Only uses are taken from the point: they determine the counters, and a counter's steps are
    filled from below, since their costs rise.
    """
    activity = dict.fromkeys(model.rights, 0)
    value = 0
    steps: list[Column] = []
    for column in model.columns.values():
        if column.is_step:
            steps.append(column)
            continue
        amount = 1 if column.name == CONSTANT else uses.get(column.name, 0)
        if not column.lower <= amount <= column.upper:
            return None, f"{column.name} is {amount}"
        if amount:
            value += amount * column.objective
            for row, coefficient in column.entries:
                activity[row] += amount * coefficient
    # Steps of a counter follow each other upwards in the file, each with -1 in its counter's row.
    for column in steps:
        row = next(row for row, _ in column.entries if row.startswith("c"))
        amount = min(max(activity[row] - model.rights[row], 0), column.upper)
        if amount:
            value += amount * column.objective
            for row, coefficient in column.entries:
                activity[row] += amount * coefficient
    for row, right in model.rights.items():
        over = activity[row] - right
        if over > 0 or (over < 0 and row not in model.limits):
            return None, f"{row} is missed by {over}"
    return value, ""
