"""``./justw test-provisioning``: head office, two nodes, a room PC from bare Debian; then reboots, cuts, releases."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from provisioning.bundle import bare_debian

from fleet import releases
from fleet.hosts import TOOLS, Fleet, FleetError, Host, running
from fleet.playbook import Depot
from fleet.stages import Findings, Stages

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
STAGES = ("look", "firewall", "airgap", "interview", "restarts", "releases", "secrets")


def main() -> int:
    """Entry point; 0 when every check is as it should be."""
    parser = argparse.ArgumentParser(prog="./justw test-provisioning", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument(
        "--only", action="append", choices=STAGES, help="these stages after provisioning (default: all)"
    )
    parser.add_argument("--bundles", type=Path, help="folder that keeps the bundles for the next run")
    options = parser.parse_args()
    found = Findings()
    try:
        bare_debian.need({**TOOLS, **bare_debian.TOOLS})
        _run(found, options.only or STAGES, options.bundles)
    except (bare_debian.DebianError, FleetError) as error:
        sys.stderr.write(f"{error}\n")
        found.check("the run came to its end", False, error)
    said = figures(found)
    if options.json:
        options.json.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(json.dumps({key: said[key] for key in ("ok", *KEYS)}) + "\n")
    return 0 if said["ok"] else 1


def _run(found: Findings, stages: Sequence[str], kept: Path | None) -> None:
    image = bare_debian.image(releases.cache() / "provisioning")
    with tempfile.TemporaryDirectory(prefix="provisioned-") as scratch:
        bundles = (kept or Path(scratch, "bundles")).resolve()
        bundles.mkdir(parents=True, exist_ok=True)
        good, deaf = bundles / "good.bundle", bundles / "deaf.bundle"
        if not good.exists():
            releases.bundle(bundles, "good", "0.1.0")
        if "releases" in stages and not deaf.exists():
            releases.deaf_bundle(bundles, "deaf", "0.1.1")
        fleet = Fleet(Path(scratch, "fleet"), MACHINES, image)
        with running(fleet), Depot(bundles):
            work = Stages(fleet, found)
            if not work.provision(good):
                return
            for name in stages:
                sys.stderr.write(f"{name}\n")
                if name == "releases":
                    work.releases(good, deaf)
                else:
                    getattr(work, name)()


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
