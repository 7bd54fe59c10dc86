"""The units machines are given: understood whole by systemd, and confined."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from contract.playbook_templates import defaults, render, units

WORST_EXPOSURE = 2.0
PULLED = ["nodes", "pulled"]
INSTALLER = ("appliance-release.path", "appliance-release.service")
SERVICES = sorted(
    name for name in units(defaults(group_names=PULLED)) if name.endswith(".service") and name not in INSTALLER
)
"""Every program of the product. What installs releases is root, and no more confined than who comes over SSH."""

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed: apt-get install systemd"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A machine's folder with the units in it, and with what they start."""
    made = tmp_path_factory.mktemp("machine")
    for name, text in units(defaults(group_names=PULLED)).items():
        path = made / "etc/systemd/system" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        for program in re.findall(r"^Exec\w+=(\S+)", text, re.MULTILINE):
            file = made / program.lstrip("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("#!/bin/sh\n")
            file.chmod(0o755)
    for name in ("sysinit.target", "basic.target", "shutdown.target", "network.target", "network-online.target"):
        (made / "etc/systemd/system" / name).write_text("[Unit]\nDescription=Stands for the system's own\n")
    return made


def test_every_process_of_the_product_has_a_unit() -> None:
    named = {name.removeprefix("interview-").removesuffix(".service") for name in SERVICES}
    node = {"kiosk", "room", "speech", "language", "vision", "uplink", "review", "nats", "pull"}
    assert "interview-pull.service" not in units(defaults())
    assert named == node | {"api", "ingest", "embedder", "provision-runner", "hub", "postgres"}


@needs_systemd
@pytest.mark.parametrize("unit", [*SERVICES, *INSTALLER])
def test_a_unit_is_understood_whole(unit: str, root: Path) -> None:
    argv = ["systemd-analyze", "verify", "--man=no", f"--root={root}", unit]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    # It exits with 0 for a key it does not know; what it says tells.
    said = [line for line in done.stderr.splitlines() if "interview" in line or "appliance" in line]
    assert (done.returncode, said) == (0, [])


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES)
def test_a_unit_is_confined(unit: str, root: Path) -> None:
    argv = ["systemd-analyze", "security", "--offline=true", "--no-pager", f"--root={root}", unit]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert found is not None, done.stderr
    assert float(found[1]) <= WORST_EXPOSURE, done.stdout


def test_the_check_of_confinement_can_fail(root: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed: apt-get install systemd")
    open_unit = root / "etc/systemd/system/open-to-all.service"
    open_unit.write_text("[Service]\nExecStart=/bin/true\n")
    argv = ["systemd-analyze", "security", "--offline=true", "--threshold=20", f"--root={root}", "open-to-all.service"]
    assert subprocess.run(argv, capture_output=True, check=False, timeout=60).returncode != 0


def test_a_process_may_read_the_clock_and_none_may_set_it() -> None:
    """Found on a machine: ProtectClock= takes the reading away, and head office then knew of no node's clock."""
    shared = units(defaults())["interview-.service.d/10-confinement.conf"]
    exporter = render("telemetry", "node-exporter.conf.j2", defaults())
    for text in (shared, exporter):
        filters = re.findall(r"^SystemCallFilter=(.*)$", text, re.MULTILINE)
        assert not re.search(r"^ProtectClock=", text, re.MULTILINE)
        assert filters.index("adjtimex clock_adjtime") > filters.index("~@privileged @resources")
        assert "\nSystemCallErrorNumber=EPERM\n" in text
    assert re.search(r"^CapabilityBoundingSet=$", exporter, re.MULTILINE)
    for name in SERVICES:
        text = units(defaults(group_names=PULLED))[name]
        assert "CAP_SYS_TIME" not in text and "CapabilityBoundingSet=" in text
