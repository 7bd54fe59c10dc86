"""The playbook: what ansible-lint's strictest profile says, and that it says the same as the programs' own settings."""

import base64
import json
import re
import subprocess
import sys
from pathlib import Path

import yaml
from contract.playbook_templates import PROVISIONING, ROLES, defaults, render
from coordinator.keys import keyring
from coordinator.settings import Settings as CoordinatorSettings
from edge_node.settings import Settings as NodeSettings
from provisioning.nats_config import Link, write_hub, write_node


def words(text: str) -> list[str]:
    """A server's settings without line ends and spaces, as its parser reads them."""
    return re.sub(r"\s+", " ", text).replace("{ ", "{").replace(" }", "}").strip().split(" ")


def test_the_strictest_profile_of_ansible_lint_passes() -> None:
    argv = [str(Path(sys.executable).with_name("ansible-lint")), "--offline", "--nocolor", "--profile", "production"]
    done = subprocess.run(
        [*argv, "playbooks", "roles"], cwd=PROVISIONING, capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]


def test_the_roles_ask_for_nothing_but_ansible_itself() -> None:
    used = set()
    for file in [*ROLES.glob("*/tasks/*.yml"), *ROLES.glob("*/handlers/*.yml"), *PROVISIONING.glob("playbooks/*.yml")]:
        used |= set(re.findall(r"^\s+(?:- )?([a-z_]+\.[a-z_]+\.[a-z_]+):", file.read_text(), re.MULTILINE))
    assert len(used) > 10
    assert [name for name in used if not name.startswith("ansible.builtin.")] == []


def test_every_role_says_what_it_can_be_told_and_no_more() -> None:
    for role in sorted(path for path in ROLES.iterdir() if path.is_dir()):
        said = yaml.safe_load((role / "meta/argument_specs.yml").read_text())["argument_specs"]["main"]["options"]
        given = yaml.safe_load((role / "defaults/main.yml").read_text()) or {}
        assert set(said) == set(given), role.name
        assert all(option["description"] for option in said.values())


def test_a_nodes_server_is_told_what_the_all_in_one_tells_it(tmp_path: Path) -> None:
    link = Link(["10.0.0.10:7422"], Path("/d/identity/link-ca.pem"), Path("/d/identity/link.creds"))
    write_node(tmp_path / "n", node_id="branch-a", client_port=4222, store=Path("/d/jetstream"), token="t0k", link=link)
    said = {
        **defaults(),
        "nats_leaf_data": "/d",
        "nats_leaf_token": {"content": base64.b64encode(b"t0k").decode()},
    }
    assert words(render("nats_leaf", "node.conf.j2", said)) == words((tmp_path / "n").read_text())


def test_the_hub_is_told_what_the_all_in_one_tells_it(tmp_path: Path) -> None:
    identity = tmp_path / "identity"
    keyring.prepare(identity, ["localhost"])
    write_hub(
        tmp_path / "h", client_port=4223, leaf_port=7422, store=Path("/h"), identity=identity, leaf_host="0.0.0.0"
    )
    jwt = {name: (identity / f"{name}.jwt").read_text().strip() for name in ("operator", "system", "core", "nodes")}
    said = {**defaults(), "nats_hub_identity": str(identity), "nats_hub_data": "/h", "nats_hub_jwt": jwt}
    assert words(render("nats_hub", "hub.conf.j2", said)) == words((tmp_path / "h").read_text())


def test_every_setting_the_playbook_writes_is_one_the_programs_read() -> None:
    for role, template, prefix, settings in (
        ("edge_node", "node.env.j2", "EDGE_NODE_", NodeSettings),
        ("coordinator", "coordinator.env.j2", "COORDINATOR_", CoordinatorSettings),
    ):
        text = render(role, template, {**defaults(), "edge_node_gpu": True})
        names = re.findall(r"^([A-Z_]+)='", text, re.MULTILINE)
        assert len(names) > 8
        for name in names:
            model = settings
            for part in name.removeprefix(prefix).lower().split("__"):
                assert part in model.model_fields, name
                model = model.model_fields[part].annotation  # type: ignore[assignment]


def test_a_room_pc_trusts_the_installation_and_lets_one_page_listen() -> None:
    pem = "-----BEGIN CERTIFICATE-----\nAAAA\nBBBB\n-----END CERTIFICATE-----\n"
    said = {**defaults(), "kiosk_authority": {"content": base64.b64encode(pem.encode()).decode()}}
    policy = json.loads(render("kiosk", "policy.json.j2", said))
    assert policy["CACertificates"] == ["AAAABBBB"]
    assert policy["VideoCaptureAllowedUrls"] == policy["AudioCaptureAllowedUrls"] == ["https://10.0.0.11"]
    assert policy["URLBlocklist"] == ["*"]


def test_nothing_beside_the_playbooks_beats_an_inventory() -> None:
    """Found on machines: variables beside a playbook win over an inventory's, and the firewall locked IT out."""
    assert not (PROVISIONING / "playbooks/group_vars").exists()
    assert not (PROVISIONING / "playbooks/host_vars").exists()
    for role in sorted(path.name for path in ROLES.iterdir() if path.name != "appliance"):
        assert {"role": "appliance"} in yaml.safe_load((ROLES / role / "meta/main.yml").read_text())["dependencies"]
    first = yaml.safe_load((ROLES / "appliance/tasks/main.yml").read_text())[0]
    assert first["ansible.builtin.assert"]["that"] == "appliance_admin_networks | length > 0"


def test_head_office_is_asked_at_a_path_it_serves() -> None:
    asked = set()
    for file in (ROLES / "coordinator/tasks").glob("*.yml"):
        asked |= set(re.findall(r"coordinator_http_port \}\}(/\w+)", file.read_text()))
    served = json.loads((PROVISIONING.parent / "dashboards/api-client/openapi.json").read_text())["paths"]
    assert asked and asked <= set(served)
