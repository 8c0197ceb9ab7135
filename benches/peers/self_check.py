"""Checks of these programs themselves: seconds, with HiGHS alone."""

import copy
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from . import mps, tables
from .bounds import run_bounds, run_confirm
from .districts import District, prepare
from .failures import contradictions
from .figures import Figure, short, spread
from .growth import exponent, stages_of
from .judge import judge
from .pairs import run_in_turn, run_pairs
from .processes import measured
from .settings import Settings, seeds_of
from .store import Store
from .task import INFEASIBLE, SOLVED, Answer


def lower_bounds_are_marked() -> None:
    """A measurement that the limit ended is never shown as the truth."""
    whole = [Figure(1.0), Figure(2.0), Figure(3.0)]
    assert spread(whole, short) == "2.0 (1.0–3.0)"
    assert spread([Figure(5.0, True)], short) == "> 5.0"
    late = [Figure(1.0), Figure(2.0), Figure(9.0, True)]
    assert spread(late, short) == "2.0 (1.0–> 9.0)"
    early = [Figure(1.0, True), Figure(2.0), Figure(3.0)]
    assert spread(early, short) == "> 2.0 (> 1.0–> 3.0)"


def slopes_are_fitted() -> None:
    """A known power is found again; one size has none."""
    found = exponent([10, 100, 1000], [3 * 10**1.5, 3 * 100**1.5, 3 * 1000**1.5])
    assert found is not None and abs(found - 1.5) < 1e-9
    assert exponent([10, 10], [1, 2]) is None
    assert seeds_of("1-3,7") == (1, 2, 3, 7)


def traces_are_summed() -> None:
    """Stages of JSON lines are summed, other traces say nothing."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        trace.write_text('{"stage":"prices","seconds":1.5}\n{"stage":"prices","seconds":2}\n')
        assert stages_of(trace) == {"prices": 3.5}
        trace.write_text("0.039\t1\tprices\n")
        assert stages_of(trace) == {}


def memory_is_the_commands_own() -> None:
    """What this process holds is not counted, what the command holds is."""
    ballast = bytearray(200 << 20)
    small = measured(["true"])
    assert small.exit_code == 0 and small.peak_kilobytes < 50 << 10, small
    held = measured([sys.executable, "-c", "b = bytearray(100 << 20); b[::4096] = b[::4096]"])
    assert held.peak_kilobytes > 90 << 10, held
    assert measured(["sleep", "60"], patience=0.2).killed
    assert len(ballast) == 200 << 20


def wrong_words_are_found(district: District) -> None:
    """Every kind of contradiction is told, and none where there is none."""
    level = district.levels[-1]
    fair = asdict(Answer(SOLVED, 0.0, value=float(level.value), bound=float(level.bound)))
    assert not judge(level, fair, None).contradictions
    more = 10 + abs(level.value)
    for lie in (
        {"value": level.bound - more},
        {"bound": level.value + more},
        {"status": INFEASIBLE},
    ):
        assert judge(level, {**fair, **lie}, None).contradictions, lie
    # A point that shizi's bound rules out, with its value reckoned in integers.
    model = mps.read(level.model)
    uses = first_uses(model)
    _, broken = mps.exact_value(model, {})
    assert broken
    assert judge(level, {**fair, "point": uses}, model).exact is None


def first_uses(model: mps.Model) -> dict[str, int]:
    """Every agent's first option: seldom a point that keeps the earlier levels."""
    uses: dict[str, int] = {}
    served: set[str] = set()
    for column in model.columns.values():
        for row, _ in column.entries:
            if row.startswith("r") and row not in served:
                served.add(row)
                uses[column.name] = model.rights[row]
    return uses


def results_are_kept(settings: Settings, district: District, folder: Path) -> None:
    """A small district through every part; then nothing is left to do, and the book is filled."""
    store = Store(settings.results)
    run_pairs(settings, store, district, peer_first=False)
    run_in_turn(settings, store, district)
    run_bounds(settings, store, district)
    run_confirm(settings, store, district)
    assert not contradictions(store), contradictions(store)
    pairs = list(store.of_kind("pair"))
    assert len(pairs) == len(district.levels)
    for record in pairs:
        assert record["status"] == SOLVED and not record["broken"], record
        assert record["peer_value"] - record["value"] <= record["target"], record
    written = settings.results.read_text(encoding="utf-8")
    again = Store(settings.results)
    run_pairs(settings, again, district, peer_first=False)
    run_in_turn(settings, again, district)
    assert settings.results.read_text(encoding="utf-8") == written, "results were not kept"
    # A longer limit asks again only what had ended early.
    longer = replace(settings, limit=2 * settings.limit)
    run_pairs(longer, again, district, peer_first=False)
    assert settings.results.read_text(encoding="utf-8") == written
    late = copy.deepcopy(pairs[0]) | {"status": "time-out"}
    assert again.finished({**late, "limit": late["limit"]}) is not None
    again.add(late)
    assert again.finished({**late, "limit": 2 * late["limit"]}) is None
    assert "> " in tables.speed_table(again)
    book = folder / "BOOK.md"
    book.write_text(f"before\n{tables.BEGIN}\nold\n{tables.END}\nafter\n", encoding="utf-8")
    tables.write_book(book, tables.page(store))
    text = book.read_text(encoding="utf-8")
    assert text.startswith("before\n") and text.endswith("after\n") and "old" not in text
    lie = {**pairs[0], "contradictions": ["a lie"]}
    again.add(lie)
    assert "CONTRADICTION" in tables.page(again)
    assert json.loads(settings.results.read_text().splitlines()[-1])["contradictions"]


def self_check(settings: Settings) -> int:
    """Runs all checks; 0 where all hold."""
    with tempfile.TemporaryDirectory() as folder:
        own = replace(
            settings,
            folder=Path(folder),
            results=Path(folder) / "results.jsonl",
            solvers=("highs",),
            limit=60.0,
            policy="wulong",
        )
        checks: list[Callable[[], None]] = [
            lower_bounds_are_marked,
            slopes_are_fitted,
            traces_are_summed,
            memory_is_the_commands_own,
        ]
        for check in checks:
            check()
            print(f"holds: {check.__name__.replace('_', ' ')}", flush=True)
        assert prepare(own, "no-such-profile", 1) is None
        for profile, seed in (("tiny", 1), ("small", 1)):
            district = prepare(own, profile, seed)
            assert district is not None
            wrong_words_are_found(district)
            here = replace(own, results=Path(folder) / f"{profile}.jsonl")
            results_are_kept(here, district, Path(folder))
            print(f"holds: {profile} through every part", flush=True)
    return 0
