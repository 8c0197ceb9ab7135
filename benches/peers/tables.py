"""From kept results to the Markdown of benches/BOOK.md."""

import datetime
import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from .failures import failure_words
from .figures import Figure, megabytes, percent, short, spread
from .growth import exponent
from .solvers import TITLES
from .store import Record, Store
from .task import SOLVED

BEGIN, END = "<!-- peers:begin -->", "<!-- peers:end -->"
SIZES = ("tiny", "small", "county", "district", "city", "region", "metropolis")

Rows = list[list[str]]


def ordered(records: Iterable[Record], by: Callable[[Record], tuple]) -> dict[tuple, list[Record]]:
    """Records in groups, districts from small to large."""
    groups: dict[tuple, list[Record]] = defaultdict(list)
    for record in records:
        groups[by(record)].append(record)

    def size(group: tuple) -> tuple:
        known = SIZES.index(group[0]) if group[0] in SIZES else len(SIZES)
        rest = (list(TITLES).index(one) if one in TITLES else one for one in group[1:])
        return known, group[0], *rest

    return {group: groups[group] for group in sorted(groups, key=size)}


def markdown(head: list[str], rows: Rows) -> str:
    """A table; the first column is text, the others are figures."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def ended(record: Record) -> bool:
    """Whether the true time is longer than the time that was measured."""
    return record["status"] != SOLVED


def totals(records: list[Record]) -> list[Record]:
    """All levels of a district as one measurement."""
    districts: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        districts[record["seed"]].append(record)
    return [
        {
            "seconds": sum(record["seconds"] for record in levels),
            "shizi_seconds": sum(record["shizi_seconds"] for record in levels),
            "peak_kilobytes": max(record["peak_kilobytes"] for record in levels),
            "shizi_peak_kilobytes": max(record["shizi_peak_kilobytes"] for record in levels),
            "ended": any(ended(record) for record in levels),
        }
        for levels in districts.values()
    ]


def speed_row(name: str, records: list[Record], solved: str, gap: str) -> list[str]:
    """One peer on one profile."""
    whole = totals(records)
    seconds = [Figure(one["seconds"], one["ended"]) for one in whole]
    ours = [Figure(one["shizi_seconds"]) for one in whole]
    ratio = [
        Figure(one["seconds"] / max(one["shizi_seconds"], 1e-3), one["ended"]) for one in whole
    ]
    memory = [Figure(one["peak_kilobytes"]) for one in whole]
    saved = [Figure(one["peak_kilobytes"] / one["shizi_peak_kilobytes"]) for one in whole]
    return [
        name,
        spread(seconds, short),
        spread(ours, short),
        spread(ratio, short, "≥ "),
        spread(memory, megabytes),
        spread(saved, short),
        gap,
        solved,
    ]


def gap_of(records: list[Record]) -> str:
    """The widest gap that was left."""
    gaps = [record["peer_gap"] for record in records]
    return "no plan" if None in gaps else percent(max(gaps))


def own_values(records: list[Record]) -> str:
    """Whether a peer that goes through the levels by itself ends at the same values."""
    same = 0
    for record in records:
        theirs = [level["value"] for level in record["levels"]]
        rounded = [None if value is None else round(value) for value in theirs]
        same += rounded == record["values"]
    return f"same values in {same}"


def speed_table(store: Store) -> str:
    """Sums over levels, one row a peer and profile."""
    head = [
        "district",
        "peer",
        "peer, s",
        "shizi, s",
        "peer ÷ shizi",
        "peer, MB",
        "memory, peer ÷ shizi",
        "widest gap",
        "solved",
    ]
    rows: Rows = []
    both = [record for kind in ("pair", "in-turn") for record in store.of_kind(kind)]
    groups = ordered(both, lambda one: (one["profile"], one["solver"], one["kind"] == "in-turn"))
    for (profile, solver, in_turn), records in groups.items():
        solved = sum(record["status"] == SOLVED for record in records)
        name = TITLES[solver] + (", levels in turn" if in_turn else "")
        count = f"{solved} of {len(records)}" + (" districts" if in_turn else "")
        gap = own_values(records) if in_turn else gap_of(records)
        rows.append([profile, *speed_row(name, records, count, gap)])
    return markdown(head, rows) if rows else ""


def level_table(store: Store) -> str:
    """Medians by level: which levels are hard for whom."""
    pairs = list(store.of_kind("pair"))
    solvers = [solver for solver in TITLES if any(one["solver"] == solver for one in pairs)]
    head = ["district, level", "shizi", *(TITLES[solver] for solver in solvers)]
    rows: Rows = []
    for (profile, level, name), records in ordered(
        pairs, lambda one: (one["profile"], one["level"], one["name"])
    ).items():
        row = [
            f"{profile}, {level} {name}",
            spread([Figure(one["shizi_seconds"]) for one in records], short),
        ]
        for solver in solvers:
            times = [
                Figure(one["seconds"], ended(one)) for one in records if one["solver"] == solver
            ]
            row.append(spread(times, short))
        rows.append(row)
    return markdown(head, rows) if rows else ""


def bound_table(store: Store) -> str:
    """How far below our value the relaxation and our bound are."""
    head = [
        "district, level",
        "districts",
        "relaxation below value",
        "shizi's bound below value",
        "bound above relaxation",
        "relaxation, s",
    ]
    rows: Rows = []
    records = (record for record in store.of_kind("bound") if record["status"] == SOLVED)
    for (profile, level, name), group in ordered(
        records, lambda one: (one["profile"], one["level"], one["name"])
    ).items():

        def below(low: str, high: str, group: list[Record] = group) -> str:
            shares = [Figure((one[high] - one[low]) / one["changeable"]) for one in group]
            return spread(shares, percent)

        rows.append(
            [
                f"{profile}, {level} {name}",
                str(len(group)),
                below("peer_value", "value"),
                below("bound", "value"),
                below("peer_value", "bound"),
                spread([Figure(one["seconds"]) for one in group], short),
            ]
        )
    return markdown(head, rows) if rows else ""


def confirm_table(store: Store) -> str:
    """How many levels HiGHS confirms."""
    head = ["district", "levels", "claimed best", "agrees", "undecided in time", "disagrees"]
    rows: Rows = []
    for (profile,), group in ordered(
        store.of_kind("confirm"), lambda one: (one["profile"],)
    ).items():
        closed = sum(one["bound"] >= one["value"] for one in group)
        words = [one["verdict"] for one in group]
        rows.append(
            [
                profile,
                str(len(group)),
                str(closed),
                *(str(words.count(word)) for word in ("agrees", "undecided", "DISAGREES")),
            ]
        )
    return markdown(head, rows) if rows else ""


def growth_table(store: Store) -> str:
    """Whole runs of `shizi plan`, files and audit included."""
    records = list(store.of_kind("growth"))
    most = max((record["threads"] for record in records), default=0)
    head = [
        "district",
        "districts",
        "options",
        "1 thread, s",
        f"{most} threads, s",
        f"1 ÷ {most} threads",
        "MB",
        "levels, s",
    ]
    rows: Rows = []
    for (profile,), group in ordered(records, lambda one: (one["profile"],)).items():
        by_threads = {
            threads: {one["seed"]: one for one in group if one["threads"] == threads}
            for threads in (1, most)
        }
        one, many = by_threads[1], by_threads[most]
        gains = [Figure(one[seed]["wall"] / many[seed]["wall"]) for seed in one if seed in many]
        levels = zip(*(record["levels"] for record in many.values()), strict=False)
        rows.append(
            [
                profile,
                str(len(many)),
                spread([Figure(record["choices"]) for record in many.values()], short),
                spread([Figure(record["wall"]) for record in one.values()], short),
                spread([Figure(record["wall"]) for record in many.values()], short),
                spread(gains, lambda gain: f"{gain:.2f}"),
                spread([Figure(record["peak_kilobytes"]) for record in many.values()], megabytes),
                " + ".join(
                    short(sorted(seconds)[len(seconds) // 2])
                    for seconds in ([second or 0.0 for second in column] for column in levels)
                ),
            ]
        )
    if not rows:
        return ""
    return markdown(head, rows) + "\n" + growth_words(records, most)


def growth_words(records: list[Record], most: int) -> str:
    """Exponents, and stages where a trace names them."""
    large = [one for one in records if one["threads"] == most]
    sizes = [one["choices"] for one in large]
    words = []
    for name, figure in (("Wall time", "wall"), ("Peak memory", "peak_kilobytes")):
        power = exponent(sizes, [one[figure] for one in large])
        if power is not None:
            words.append(
                f"{name} grows as options^{power:.2f} (least squares of logarithms over "
                f"{len(large)} districts of {min(sizes):,} to {max(sizes):,} options)."
            )
    stages = sorted({stage for one in large for stage in one["stages"]})
    if not stages:
        return "\n".join(words) + "\n"
    rows: Rows = []
    for (profile,), group in ordered(large, lambda one: (one["profile"],)).items():
        rows.append(
            [
                profile,
                *(
                    spread([Figure(one["stages"].get(stage, 0.0)) for one in group], short)
                    for stage in stages
                ),
            ]
        )
    return "\n".join(words) + "\n\n" + markdown(["seconds by stage", *stages], rows)


def machine() -> str:
    """Model and number of processors."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return f"{os.cpu_count()} cores of {model}"


def setting_words(store: Store) -> str:
    """Machine, date, versions, commands."""
    records = list(store.records.values())
    versions = sorted(
        {
            (TITLES[one["solver"]].partition(",")[0], one["peer"]["version"])
            for one in records
            if one.get("peer", {}).get("version") and one.get("solver") in TITLES
        }
    )
    dates = sorted({one["date"] for one in records if "date" in one})
    when = f"{dates[0]} to {dates[-1]}" if len(dates) > 1 else "".join(dates[:1])
    settings = sorted(
        {
            (one["threads"], one["gap"], one["limit"])
            for one in records
            if one["kind"] in ("pair", "in-turn")
        }
    )
    words = [
        f"{machine()}, {when or datetime.date.today().isoformat()}.",
        ", ".join(" ".join(one) for one in versions) + "." if versions else "",
        *(
            f"{threads} threads, relative gap {gap:g}, limit {limit:g} s a level."
            for threads, gap, limit in settings
        ),
    ]
    loads = [one["load"] for one in records if "load" in one]
    if loads:
        words.append(
            f"Load of the machine when measurements began: {min(loads):g} to {max(loads):g}."
        )
    builds = {one["shizi"] for one in records if "shizi" in one}
    if len(builds) > 1:
        words.append(f"The results come from {len(builds)} builds of shizi.")
    commands = dict.fromkeys(one["command"] for one in records if one.get("command"))
    shown = "".join(f"\n{command}" for command in commands)
    return " ".join(word for word in words if word) + f"\n\n```sh{shown}\n```\n"


def page(store: Store) -> str:
    """All tables that there are results for."""
    failures = "".join(f"- {word}\n" for word in failure_words(store))
    parts = [setting_words(store), f"**Failures first**\n{failures}"]
    sections = (
        (
            "Speed and memory, all levels of a district: median (smallest–largest) over seeds. "
            "The peers are handed shizi's values of the earlier levels as rows, but for *levels "
            "in turn*, where HiGHS finds its own.",
            speed_table(store),
        ),
        ("Seconds by level; shizi's over all its runs, one beside each peer.", level_table(store)),
        (
            "Bounds beside the optimum of the model without its integers (HiGHS, interior point), "
            "as shares of what decisions change; less than 0.0001% is shown as 0.",
            bound_table(store),
        ),
        ("Every level solved by HiGHS without a gap.", confirm_table(store)),
        (
            "Growth: whole runs of `shizi plan`, with reading, writing and audit.",
            growth_table(store),
        ),
    )
    parts += [f"{words}\n\n{table}" for words, table in sections if table]
    return "\n".join(parts)


def write_book(book: Path, table: str) -> None:
    """Puts the tables between the book's marks."""
    text = book.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{book} has no marks {BEGIN} and {END}")
    book.write_text(f"{before}{BEGIN}\n{table}{END}{after}", encoding="utf-8")
