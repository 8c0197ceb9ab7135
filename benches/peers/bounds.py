"""Our bounds beside the relaxation's, and our optima confirmed."""

from . import mps
from .districts import District, title
from .pairs import asked, claim, common
from .settings import Settings
from .store import Store
from .task import SOLVED

#: Relative to the value: HiGHS' objective is a float.
EXACT = 1e-6


def run_bounds(settings: Settings, store: Store, district: District) -> None:
    """The optimum of every level without its integers."""
    for level in district.levels:
        record = {**common(settings, "bound", district), **claim(level), "solver": "highs"}
        if not settings.again and store.finished(record) is not None:
            continue
        record |= asked(settings, level, "highs-relaxation", 0.0, None)
        # A relaxation may be below our bound, never above our value.
        answer = record["peer"]
        low = answer["value"]
        slack = EXACT * max(1.0, abs(level.value))
        record["contradictions"] = (
            [f"the relaxation is {low}, shizi has a plan of {level.value}"]
            if answer["status"] == SOLVED and low > level.value + slack
            else []
        )
        store.add(record)
        print(
            f"{title(district.profile, district.seed)} level {level.number} relaxation: {low}, "
            f"shizi's bound {level.bound}, value {level.value}",
            flush=True,
        )


def run_confirm(settings: Settings, store: Store, district: District) -> None:
    """HiGHS without a gap on every level: the optimum where we claim it, else in between."""
    for level in district.levels:
        record = {**common(settings, "confirm", district), **claim(level), "solver": "highs"}
        if not settings.again and store.finished(record) is not None:
            continue
        target = EXACT * level.changeable
        record |= asked(settings, level, "highs", target, mps.read(level.model))
        word = "agrees" if record["status"] == SOLVED else "undecided"
        if record["contradictions"]:
            word = "DISAGREES"
        record["verdict"] = word
        store.add(record)
        print(
            f"{title(district.profile, district.seed)} level {level.number}: value "
            f"{level.value}, bound {level.bound}, HiGHS {record['peer_value']}: {word}",
            flush=True,
        )
