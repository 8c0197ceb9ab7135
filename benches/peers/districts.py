"""Districts, and what shizi says of them."""

import hashlib
import json
import shutil
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from . import mps
from .processes import Usage, measured
from .settings import REPOSITORY, Settings, is_folder


class ShiziError(Exception):
    """shizi ended with an error where it should have planned."""


@dataclass(frozen=True)
class Level:
    """A level of a plan, with shizi's claim, in whole units."""

    number: int
    name: str
    model: Path
    digest: str
    value: int
    bound: int
    seconds: float
    #: The part of the value that no decision changes.
    unchangeable: int

    @property
    def closed(self) -> bool:
        """Whether the value is claimed to be best."""
        return self.bound >= self.value

    @property
    def changeable(self) -> int:
        """What gaps are measured against, as `LevelCertificate::gap` does."""
        return max(1, abs(self.value - self.unchangeable))

    def target(self, gap: float) -> float:
        """The relative gap as a difference that every solver understands alike."""
        return gap * self.changeable


@dataclass(frozen=True)
class District:
    """A district with its plan and its models."""

    profile: str
    seed: int
    policy: str
    rosters: Path
    levels: tuple[Level, ...]
    choices: int


@cache
def digest(path: Path) -> str:
    """First figures of the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def title(profile: str, seed: int) -> str:
    """The name of a district in messages and folders."""
    return Path(profile).name if is_folder(profile) else f"{profile}-{seed}"


def rosters_of(settings: Settings, profile: str, seed: int) -> Path | None:
    """The folder of rosters; `None` where shizi knows no such profile."""
    if is_folder(profile):
        folder = REPOSITORY / profile
        return folder if folder.is_dir() else None
    folder = settings.folder / "districts" / title(profile, seed)
    stamp = folder.with_suffix(".of")
    if folder.is_dir() and stamp.is_file() and stamp.read_text() == digest(settings.shizi):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    command = [str(settings.shizi), "generate", "--profile", profile, "--seed", str(seed)]
    usage = measured([*command, "--out", str(folder), "--quiet", "--lang", "en"])
    if usage.exit_code != 0:
        return None
    stamp.write_text(digest(settings.shizi))
    return folder


def plan(
    settings: Settings, profile: str, rosters: Path, threads: int, extra: tuple[str, ...] = ()
) -> tuple[dict[str, Any], Usage]:
    """Plans a district as a user does, and reads the summary."""
    out = settings.folder / "plan"
    command = [str(settings.shizi), "plan", str(rosters), "--policy", settings.policy_of(profile)]
    command += ["--out", str(out), "--force", "--gap", str(settings.gap), "--quiet"]
    command += ["--threads", str(threads), "--lang", "en", *extra]
    usage = measured(command)
    if usage.exit_code != 0:
        raise ShiziError(f"{' '.join(command)}: exit code {usage.exit_code}\n{usage.log}")
    return json.loads((out / "summary.json").read_text(encoding="utf-8")), usage


def prepare(settings: Settings, profile: str, seed: int) -> District | None:
    """Makes district, plan and models, or takes those that this very shizi made before."""
    rosters = rosters_of(settings, profile, seed)
    if rosters is None:
        print(f"skipped: shizi knows no {profile}", file=sys.stderr)
        return None
    folder = settings.folder / "models" / title(profile, seed)
    kept, policy = folder / "summary.json", settings.policy_of(profile)
    stamp, made_by = folder / "of", f"{digest(settings.shizi)} {policy} {settings.gap}"
    if not (stamp.is_file() and stamp.read_text() == made_by):
        shutil.rmtree(folder, ignore_errors=True)
        summary, _ = plan(
            settings, profile, rosters, settings.threads, ("--write-model", str(folder))
        )
        kept.write_text(json.dumps(summary, ensure_ascii=False), encoding="utf-8")
        stamp.write_text(made_by)
    summary = json.loads(kept.read_text(encoding="utf-8"))
    levels = tuple(
        _level(number, figures, folder / f"level-{number}.mps")
        for number, figures in enumerate(summary["levels"], 1)
    )
    choices = summary["provenance"]["choices"]
    return District(profile, seed, policy, rosters, levels, choices)


def _level(number: int, figures: dict[str, Any], model: Path) -> Level:
    value = figures["units"]
    constant = mps.unchangeable(model)
    # A solve that ended before it came to a level claims nothing of it.
    bound = figures["bound_units"]
    return Level(
        number=number,
        name=figures["name"],
        model=model,
        digest=digest(model),
        value=value,
        bound=-(2**62) if bound is None else bound,
        seconds=figures["seconds"] or 0.0,
        unchangeable=constant,
    )
