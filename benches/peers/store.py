"""Results, one JSON object a line, only ever appended; the last one of a key holds."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]

#: What tells one measurement from another.
KEY = ("kind", "profile", "seed", "level", "solver", "threads", "gap")


def key(record: Record) -> tuple:
    """The measurement that a record is of."""
    return tuple(record.get(name) for name in KEY)


class Store:
    """The file of results and what it holds."""

    def __init__(self, path: Path) -> None:
        """Reads what is kept, if anything is."""
        self.path = path
        self.records: dict[tuple, Record] = {}
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                try:
                    record = json.loads(line)
                except json.JSONDecodeError:
                    # A run that was ended while it wrote leaves half a line.
                    continue
                self.records[key(record)] = record

    def add(self, record: Record) -> None:
        """Keeps a record, on disk at once."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
        self.records[key(record)] = record

    def finished(self, wanted: Record) -> Record | None:
        """The kept result of a measurement, where it still answers what is asked.

        It does not where the model has changed since, or where it ended at a shorter limit.
        """
        kept = self.records.get(key(wanted))
        if kept is None or kept.get("model") != wanted.get("model"):
            return None
        ended_early = kept.get("status") == "time-out" and kept["limit"] < wanted["limit"]
        return None if ended_early else kept

    def of_kind(self, kind: str) -> Iterator[Record]:
        """All records of a kind, by profile, seed and level as they came."""
        return (record for record in self.records.values() if record["kind"] == kind)
