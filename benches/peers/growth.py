"""How time and memory grow with the district, and what a second thread brings."""

import datetime
import json
import math
from collections.abc import Sequence
from pathlib import Path

from .districts import digest, plan, rosters_of, title
from .pairs import load_average
from .settings import Settings
from .store import Record, Store

THREADS = (1, 2)
#: A power is fitted only where the largest district has so many times the options of the smallest.
SPAN = 4


def stages_of(trace: Path) -> dict[str, float]:
    """Seconds by stage, from a trace in JSON lines with `stage` and `seconds`.

    Traces of other forms say nothing of stages.
    """
    stages: dict[str, float] = {}
    if not trace.is_file():
        return stages
    for line in trace.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:
            return {}
        if isinstance(entry, dict) and "stage" in entry and "seconds" in entry:
            stages[entry["stage"]] = stages.get(entry["stage"], 0.0) + entry["seconds"]
    return stages


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float | None:
    """Slope of the least squares line through the logarithms; `None` where sizes are too alike."""
    if not sizes or max(sizes) < SPAN * min(sizes) or min(seconds) <= 0:
        return None
    across, upwards = [math.log(size) for size in sizes], [math.log(time) for time in seconds]
    middle, height = sum(across) / len(across), sum(upwards) / len(upwards)
    over = sum((x - middle) * (y - height) for x, y in zip(across, upwards, strict=True))
    return over / sum((x - middle) ** 2 for x in across)


def run_growth(settings: Settings, store: Store, profile: str, seed: int) -> None:
    """One plan for each number of threads."""
    rosters = rosters_of(settings, profile, seed)
    if rosters is None:
        print(f"skipped: shizi knows no {profile}", flush=True)
        return
    trace = settings.folder / "trace"
    for threads in THREADS:
        record: Record = {
            "kind": "growth",
            "profile": profile,
            "seed": seed,
            "threads": threads,
            "gap": settings.gap,
            "limit": settings.limit,
            "model": digest(settings.shizi),
            "command": settings.command,
            "date": datetime.date.today().isoformat(),
            "load": load_average(),
            "shizi": digest(settings.shizi),
        }
        if not settings.again and store.finished(record) is not None:
            continue
        trace.unlink(missing_ok=True)
        summary, usage = plan(settings, profile, rosters, threads, ("--log", str(trace)))
        provenance = summary["provenance"]
        record |= {
            "status": summary["status"],
            "persons": provenance["persons_with_choice"],
            "choices": provenance["choices"],
            "wall": usage.wall,
            "processor": usage.processor,
            "peak_kilobytes": usage.peak_kilobytes,
            "levels": [level["seconds"] for level in summary["levels"]],
            "gaps": [level["gap"] for level in summary["levels"]],
            "stages": stages_of(trace),
        }
        store.add(record)
        print(
            f"{title(profile, seed)}, {threads} threads: {record['choices']} options, "
            f"{usage.wall:.2f} s, {usage.peak_kilobytes // 1024} MB",
            flush=True,
        )
