"""The command line of the comparison."""

import argparse
import fcntl
import os
import sys
from pathlib import Path

from . import bounds, growth, pairs, tables
from .districts import ShiziError, prepare
from .failures import contradictions
from .self_check import self_check
from .settings import BOOK, FOLDER, RESULTS, Settings, seeds_of
from .solvers import TITLES, USUAL
from .store import Store

PARTS = ("pairs", "in-turn", "bounds", "confirm", "growth")


def arguments() -> argparse.Namespace:
    """What was asked."""
    parser = argparse.ArgumentParser(
        prog="benches/peers/run",
        description=__doc__ + " README.md says how it measures.",
    )
    add = parser.add_argument
    add(
        "profiles",
        nargs="*",
        default=["county"],
        help="profiles of `shizi generate`, or folders such as instances/wulong",
    )
    add("--seeds", type=seeds_of, default=(1, 2, 3), help="such as 1-3 or 1,4,7")
    add("--solvers", default=",".join(USUAL), help=f"of {', '.join(TITLES)}")
    add("--time-limit", type=float, default=600.0, help="seconds for a peer on a level")
    add("--threads", type=int, default=2, help="for shizi and for every peer")
    add("--gap", type=float, default=1e-4, help="relative, of the part that decisions change")
    add("--policy", default="wulong", help="of generated districts")
    add("--again", action="store_true", help="measure anew what is measured already")
    add("--quick", action="store_true", help="small seed 1, 20 s a level: seconds in all")
    add("--pairs", action="store_true", help="shizi beside each peer (what is done by default)")
    add("--in-turn", action="store_true", help="HiGHS through all levels under values of its own")
    add("--bounds", action="store_true", help="shizi's bounds beside the relaxation's optimum")
    add("--confirm", action="store_true", help="every level confirmed by HiGHS without a gap")
    add("--growth", action="store_true", help="time and memory of plans, 1 and 2 threads")
    add("--table", action="store_true", help="measure nothing, print the table of what is kept")
    add("--book", action="store_true", help="write the table into benches/BOOK.md")
    add("--results", type=Path, default=RESULTS, help="the file that results are kept in")
    add("--self-check", action="store_true", help="check these programs themselves, with HiGHS")
    asked = parser.parse_args()
    asked.solvers = tuple(asked.solvers.split(","))
    unknown = set(asked.solvers) - set(TITLES)
    if unknown:
        parser.error(f"no such peer: {', '.join(sorted(unknown))}; known are {', '.join(TITLES)}")
    if asked.quick:
        asked.profiles, asked.seeds, asked.time_limit = ["small"], (1,), 20.0
        # A look that leaves the long table as it is.
        asked.results = asked.results.with_stem("quick")
    return asked


def settings_of(asked: argparse.Namespace) -> Settings:
    """The settings of this run."""
    return Settings(
        profiles=tuple(profile.rstrip("/") for profile in asked.profiles),
        seeds=asked.seeds,
        solvers=asked.solvers,
        threads=asked.threads,
        gap=asked.gap,
        limit=asked.time_limit,
        policy=asked.policy,
        again=asked.again,
        shizi=Path(os.environ["SHIZI"]).resolve(),
        results=asked.results.resolve(),
        folder=FOLDER,
        command="benches/peers/run " + " ".join(sys.argv[1:]),
    )


def measure(settings: Settings, store: Store, parts: set[str]) -> list[str]:
    """Runs the parts that were asked for on every district; returns what shizi failed at."""
    failures: list[str] = []
    for number, (profile, seed) in enumerate(settings.districts()):
        try:
            if parts - {"growth"}:
                run_district(settings, store, parts, profile, seed, peer_first=number % 2 == 1)
            if "growth" in parts:
                growth.run_growth(settings, store, profile, seed)
        except ShiziError as failure:
            failures.append(str(failure))
            print(failure, file=sys.stderr)
    return failures


def run_district(
    settings: Settings, store: Store, parts: set[str], profile: str, seed: int, peer_first: bool
) -> None:
    """All parts that lay shizi beside another solver."""
    district = prepare(settings, profile, seed)
    if district is None:
        return
    if "pairs" in parts:
        pairs.run_pairs(settings, store, district, peer_first)
    if "in-turn" in parts:
        pairs.run_in_turn(settings, store, district)
    if "bounds" in parts:
        bounds.run_bounds(settings, store, district)
    if "confirm" in parts:
        bounds.run_confirm(settings, store, district)


def main() -> int:
    """0 where nothing contradicts shizi, 1 where something does, 2 where it cannot run."""
    asked = arguments()
    settings = settings_of(asked)
    if asked.self_check:
        return self_check(settings)
    store = Store(settings.results)
    chosen = {part for part in PARTS if getattr(asked, part.replace("-", "_"))} or {"pairs"}
    settings.folder.mkdir(parents=True, exist_ok=True)
    failures: list[str] = []
    if not asked.table:
        with (settings.folder / "lock").open("w") as lock:
            try:
                # Two runs side by side would spoil each other's figures, and share folders.
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("another run is measuring; wait for it, or ask for --table", file=sys.stderr)
                return 2
            failures = measure(settings, store, chosen)
    table = tables.page(store)
    (settings.folder / "table.md").write_text(table, encoding="utf-8")
    if asked.book:
        tables.write_book(BOOK, table)
    failures += contradictions(store)
    for failure in failures:
        print(f"FAILURE: {failure}", file=sys.stderr, flush=True)
    print("\n" + table)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
