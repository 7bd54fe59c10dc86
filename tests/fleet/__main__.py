"""``./justw test-provisioning``: head office, two nodes, a room PC from bare Debian; then reboots, cuts, releases."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from provisioning.bundle import bare_debian

from fleet import releases
from fleet.findings import Findings
from fleet.hosts import TOOLS, Fleet, FleetError, Host, running
from fleet.playbook import Depot
from fleet.stages import Stages

KEYS = (
    *("hosts", "provision_s", "second_run_changed", "checks", "checks_ok", "rollback_ok", "staged_stop_ok"),
    *("airgap_ok", "reboot_ok", "secrets_in_artifacts"),
)
MACHINES = (
    Host("head-office", 10, "coordinator"),
    Host("branch-a", 11, "nodes", {"rollout_group": "canary"}),
    Host("branch-b", 12, "nodes", {"rollout_group": "rest"}),
    Host("room-a", 21, "room_pcs", {"kiosk_node": "branch-a"}),
)
STAGES = (
    *("look", "firewall", "airgap", "telemetry", "support", "interview", "restarts"),
    *("releases", "upgrade", "drift", "pulled", "farewell", "secrets"),
)
BUNDLED = {"releases": ("deaf",), "upgrade": ("newer",), "pulled": ("newer", "deaf"), "farewell": ("newer",)}
"""Stages that need other bundles than the one the machines are made from."""


def main() -> int:
    """Entry point; 0 when every check is as it should be."""
    parser = argparse.ArgumentParser(prog="./justw test-provisioning", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument(
        "--only", action="append", choices=STAGES, help="these stages after provisioning (default: all)"
    )
    parser.add_argument("--bundles", type=Path, help="folder that keeps the bundles for the next run")
    parser.add_argument(
        "--disks",
        type=Path,
        help="folder that keeps the machines' disks; a later run goes on with them, not provisioning",
    )
    options = parser.parse_args()
    found = Findings()
    try:
        bare_debian.need({**TOOLS, **bare_debian.TOOLS})
        _run(found, options.only or STAGES, options.bundles, options.disks, lambda: _write(found, options.json))
    except (bare_debian.DebianError, FleetError) as error:
        sys.stderr.write(f"{error}\n")
        found.check("the run came to its end", False, error)
    said = _write(found, options.json)
    sys.stdout.write(json.dumps({key: said[key] for key in ("ok", *KEYS)}) + "\n")
    return 0 if said["ok"] else 1


def _run(
    found: Findings, stages: Sequence[str], kept: Path | None, disks: Path | None, tell: Callable[[], object]
) -> None:
    image = bare_debian.image(releases.cache() / "provisioning")
    with tempfile.TemporaryDirectory(prefix="provisioned-") as scratch:
        bundles = (kept or Path(scratch, "bundles")).resolve()
        bundles.mkdir(parents=True, exist_ok=True)
        made = _bundles(bundles, {"good", *(bundle for name in stages for bundle in BUNDLED.get(name, ()))})
        fleet = Fleet((disks or Path(scratch, "fleet")).resolve(), MACHINES, image)
        with running(fleet, keep_disks=disks is not None), Depot(bundles):
            work = Stages(fleet, found, made)
            if work.provisioned():
                work.office.meet()
            elif not work.provision():
                return
            work.learn_secrets()
            tell()
            for name in stages:
                _stage(work, found, name)
                tell()


def _stage(work: Stages, found: Findings, name: str) -> None:
    """One stage; what it trips over is a check that failed, and the others are still seen."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {name}\n")
    began = time.monotonic()
    try:
        getattr(work, name)()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told, and the run is not green
        found.check(f"{name} came to its end", False, repr(error))
    found.figures.setdefault("stage_s", {})[name] = round(time.monotonic() - began, 1)


def _bundles(folder: Path, wanted: set[str]) -> dict[str, Path]:
    """The bundles by name, those that are not kept made now."""
    makers = {
        "good": lambda: releases.bundle(folder, "good", "0.1.0"),
        "deaf": lambda: releases.deaf_bundle(folder, "deaf", "0.1.1"),
        "newer": lambda: releases.bundle(folder, "newer", "0.1.2", rooms=False),
    }
    made = {name: folder / f"{name}.bundle" for name in makers}
    for name in sorted(wanted):
        if not made[name].exists():
            makers[name]()
    return made


def _write(found: Findings, out: Path | None) -> dict[str, object]:
    """The figures so far, also in the file where one is wanted: a run that is cut off leaves those of its stages."""
    said = figures(found)
    if out:
        out.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n")
    return said


def figures(found: Findings) -> dict[str, object]:
    """The interface's figures, then what else was seen."""
    said: dict[str, object] = dict.fromkeys(KEYS)
    said |= {"hosts": len(MACHINES), "checks": len(found.checks), "checks_ok": sum(found.checks.values())}
    said |= found.figures
    said["ok"] = bool(found.checks) and all(found.checks.values()) and all(said[key] is not None for key in KEYS)
    said["failed"] = found.seen
    return said


if __name__ == "__main__":
    raise SystemExit(main())
