"""shizi and one peer, next to each other, on every level of a district."""

import datetime
from typing import Any

from . import mps
from .districts import District, Level, digest, plan, title
from .judge import CLOSE, judge
from .processes import Usage, ask, load_average
from .settings import Settings
from .store import Record, Store
from .task import FAILED, SOLVED


def common(settings: Settings, kind: str, district: District) -> Record:
    """What every record says."""
    return {
        "kind": kind,
        "profile": district.profile,
        "seed": district.seed,
        "policy": district.policy,
        "choices": district.choices,
        "threads": settings.threads,
        "gap": settings.gap,
        "limit": settings.limit,
        "shizi": digest(settings.shizi),
        "command": settings.command,
        "date": datetime.date.today().isoformat(),
        "load": load_average(),
    }


def claim(level: Level) -> Record:
    """Our word on a level."""
    return {
        "level": level.number,
        "name": level.name,
        "model": level.digest,
        "value": level.value,
        "bound": level.bound,
        "changeable": level.changeable,
    }


def peer_record(
    level: Level, answer: Record, usage: Usage, target: float, model: mps.Model | None
) -> Record:
    """A peer's word on a level, judged."""
    verdict = judge(level, answer, model)
    value = answer["value"] if verdict.exact is None else verdict.exact
    known = value is not None and answer["bound"] is not None
    gap = max(0.0, value - answer["bound"]) / level.changeable if known else None
    status = answer["status"]
    wide = not known or value - answer["bound"] > target + CLOSE * max(1.0, abs(value))
    if status == SOLVED and (verdict.broken or wide):
        # It ended content with a point that is none, or short of the gap.
        status = FAILED
    return {
        "status": status,
        "peer": {name: figure for name, figure in answer.items() if name != "point"},
        "peer_value": value,
        "peer_bound": answer["bound"],
        "peer_gap": gap,
        "broken": verdict.broken,
        "contradictions": list(verdict.contradictions),
        "target": target,
        "seconds": answer["seconds"],
        "peak_kilobytes": usage.peak_kilobytes,
        "wall": usage.wall,
        "processor": usage.processor,
    }


def asked(
    settings: Settings, level: Level, solver: str, target: float, model: mps.Model | None
) -> Record:
    """A peer's word on a level, asked for and judged; without the model its point is not."""
    task = {
        "solver": solver,
        "model": str(level.model),
        "threads": settings.threads,
        "target": target,
        "limit": settings.limit,
    }
    (answer, *_), usage = ask(task, settings.limit)
    return peer_record(level, answer, usage, target, model)


def shizi_figures(settings: Settings, district: District) -> dict[str, Any]:
    """One more plan of the district: seconds of each level, memory, and whether it is the same."""
    summary, usage = plan(settings, district.profile, district.rosters, settings.threads)
    units = [(level["units"], level["bound_units"]) for level in summary["levels"]]
    same = units == [(level.value, level.bound) for level in district.levels]
    return {
        "seconds": [level["seconds"] for level in summary["levels"]],
        "wall": usage.wall,
        "peak_kilobytes": usage.peak_kilobytes,
        "same": same,
    }


def beside(figures: dict[str, Any], level: int) -> Record:
    """shizi's figures of the run next to a peer's."""
    record = {
        "shizi_seconds": figures["seconds"][level],
        "shizi_wall": figures["wall"],
        "shizi_peak_kilobytes": figures["peak_kilobytes"],
    }
    if not figures["same"]:
        record["unlike"] = "shizi's plan is not the one that was exported"
    return record


def run_pairs(settings: Settings, store: Store, district: District, peer_first: bool) -> None:
    """Every peer on every level, shizi next to each; kept results are left as they are."""
    name = title(district.profile, district.seed)
    for solver in settings.solvers:
        base = {**common(settings, "pair", district), "solver": solver}
        missing = [
            level
            for level in district.levels
            if settings.again or store.finished({**base, **claim(level)}) is None
        ]
        if not missing:
            continue
        figures = None if peer_first else shizi_figures(settings, district)
        order = "peer first" if peer_first else "shizi first"
        for level in missing:
            record = {**base, **claim(level), "order": order}
            target = level.target(settings.gap)
            record |= asked(settings, level, solver, target, mps.read(level.model))
            print(
                f"{name} level {level.number} {solver}: {record['status']} after "
                f"{record['seconds']:.2f} s, value {record['peer_value']}, bound "
                f"{record['peer_bound']}; shizi {level.value}, {level.bound}",
                flush=True,
            )
            figures = figures or shizi_figures(settings, district)
            store.add({**record, **beside(figures, level.number - 1)})
        peer_first = not peer_first


def run_in_turn(settings: Settings, store: Store, district: District) -> None:
    """HiGHS finds its own values of the earlier levels, so that nothing is handed to it."""
    base = {**common(settings, "in-turn", district), "solver": "highs", "level": 0}
    base["model"] = "-".join(level.digest for level in district.levels)
    if not settings.again and store.finished(base) is not None:
        return
    figures = shizi_figures(settings, district)
    targets = [level.target(settings.gap) for level in district.levels]
    task = {
        "solver": "highs",
        "threads": settings.threads,
        "limit": settings.limit,
        "levels": [
            (str(level.model), target, level.value)
            for level, target in zip(district.levels, targets, strict=True)
        ],
    }
    answers, usage = ask(task, settings.limit * len(district.levels))
    statuses = [answer["status"] for answer in answers]
    solved = len(answers) == len(district.levels) and set(statuses) == {SOLVED}
    contradictions: list[str] = []
    # Words can be compared as long as the values above are the same.
    for level, answer in zip(district.levels, answers, strict=False):
        contradictions += judge(level, {**answer, "point": {}}, None).contradictions
        if answer["value"] is None or round(answer["value"]) != level.value:
            break
    worst = next((status for status in statuses if status != SOLVED), SOLVED)
    store.add(
        {
            **base,
            "status": worst if not solved else SOLVED,
            "seconds": sum(answer["seconds"] for answer in answers),
            "levels": [
                {
                    "seconds": answer["seconds"],
                    "value": answer["value"],
                    "bound": answer["bound"],
                    "status": answer["status"],
                }
                for answer in answers
            ],
            "values": [level.value for level in district.levels],
            "peak_kilobytes": usage.peak_kilobytes,
            "contradictions": contradictions,
            "shizi_seconds": sum(figures["seconds"]),
            "shizi_wall": figures["wall"],
            "shizi_peak_kilobytes": figures["peak_kilobytes"],
            "peer": {"version": answers[0]["version"]},
        }
    )
    print(
        f"{title(district.profile, district.seed)} levels in turn, highs: {worst} after "
        f"{sum(answer['seconds'] for answer in answers):.2f} s, values "
        f"{[answer['value'] for answer in answers]}",
        flush=True,
    )
