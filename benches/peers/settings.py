"""What one run of the comparison is asked to do, and where its files lie."""

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDER = REPOSITORY / "target" / "peers"
RESULTS = FOLDER / "results.jsonl"
BOOK = REPOSITORY / "benches" / "BOOK.md"

#: Policies of districts that are folders under instances/; a folder's own name otherwise.
POLICIES = {"tiny": "national"}


@dataclass(frozen=True)
class Settings:
    """Shared by all parts of a run."""

    profiles: tuple[str, ...]
    seeds: tuple[int, ...]
    solvers: tuple[str, ...]
    threads: int
    #: Relative, of the part of the value that decisions change.
    gap: float
    #: Seconds for one peer on one level.
    limit: float
    policy: str
    again: bool
    shizi: Path
    #: As it was typed, for whoever wants to do it again.
    command: str = ""
    results: Path = RESULTS
    folder: Path = FOLDER

    def districts(self) -> list[tuple[str, int]]:
        """Profiles with seeds; a folder of rosters has no seeds."""
        return [
            (profile, seed)
            for profile in self.profiles
            for seed in (self.seeds if not is_folder(profile) else (0,))
        ]

    def policy_of(self, profile: str) -> str:
        """The policy that a district is planned under."""
        if not is_folder(profile):
            return self.policy
        name = Path(profile).name
        return POLICIES.get(name, name)


def is_folder(profile: str) -> bool:
    """Whether a district is named by its folder and not by a profile."""
    return os.sep in profile


def seeds_of(text: str) -> tuple[int, ...]:
    """`1-3,7` as numbers."""
    seeds: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        seeds += range(int(first), int(last or first) + 1)
    return tuple(seeds)
