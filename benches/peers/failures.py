"""What a reader must know before any table."""

from collections import defaultdict

from .districts import title
from .figures import percent
from .solvers import TITLES
from .store import Store
from .task import SOLVED, TIME_OUT


def contradictions(store: Store) -> list[str]:
    """Everything by which shizi, a peer or this comparison must be wrong."""
    found = []
    for record in store.records.values():
        place = f"{title(record['profile'], record['seed'])}"
        if record.get("level"):
            place += f" level {record['level']}"
        solver = TITLES.get(record.get("solver", ""), "")
        found += [f"{place}, {solver}: {one}" for one in record.get("contradictions", [])]
        if record.get("unlike"):
            found.append(f"{place}, beside {solver}: {record['unlike']}")
    return found


def failure_words(store: Store) -> list[str]:
    """What a reader must know before any table, worst first."""
    words = [f"CONTRADICTION: {one}" for one in contradictions(store)]
    pairs = list(store.of_kind("pair"))
    for record in pairs:
        place = f"{title(record['profile'], record['seed'])} level {record['level']}"
        solver = TITLES[record["solver"]]
        if record["broken"]:
            words.append(f"{place}: {solver}'s point is none in integers: {record['broken']}.")
        elif record["status"] not in (SOLVED, TIME_OUT):
            words.append(f"{place}: {solver} failed: {record['peer']['note']}.")
    claims = {(one["profile"], one["seed"], one["level"]): one for one in pairs}
    for (profile, seed, level), one in sorted(claims.items()):
        gap = (one["value"] - one["bound"]) / one["changeable"]
        if gap > one["gap"]:
            words.append(f"{title(profile, seed)} level {level}: shizi ends at {percent(gap)}.")
    quicker = [
        one for one in pairs if one["status"] == SOLVED and one["seconds"] < one["shizi_seconds"]
    ]
    if quicker:
        places = sorted(
            {
                f"{title(one['profile'], one['seed'])} level {one['level']} "
                f"({TITLES[one['solver']]}, {one['seconds'] / one['shizi_seconds']:.2f})"
                for one in quicker
            }
        )
        words.append(f"Quicker than shizi, with time as a share of shizi's: {', '.join(places)}.")
    late = defaultdict(int)
    for one in pairs:
        late[one["solver"], one["profile"]] += one["status"] == TIME_OUT
    words += [
        f"{TITLES[solver]} on {profile}: {count} levels not solved in time."
        for (solver, profile), count in late.items()
        if count
    ]
    return words or ["None."]
