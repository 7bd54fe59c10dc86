"""The playbook: what ansible-lint's strictest profile says, and that it says the same as the programs' own settings."""

import base64
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from contract.playbook_templates import PROVISIONING, ROLES, defaults, render
from coordinator.keys import keyring
from coordinator.settings import Settings as CoordinatorSettings
from edge_node.settings import Settings as NodeSettings
from provisioning.nats_config import ClusterPlace, Link, write_hub, write_node


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


def three_hubs(name: str, **own: Any) -> dict[str, Any]:
    """What one of a hub of three would be given."""
    hosts = {"head-office": "10.0.0.10", "hub-2": "10.0.0.12", "hub-3": "10.0.0.13", "branch-a": "10.0.0.11"}
    return defaults(
        inventory_hostname=name,
        ansible_host=hosts[name],
        groups={"coordinator": ["head-office"], "hubs": list(hosts)[:3], "nodes": ["branch-a"], "all": list(hosts)},
        group_names=["nodes"] if name == "branch-a" else ["hubs", *(["coordinator"] if name == "head-office" else [])],
        hostvars={host: {"ansible_host": address} for host, address in hosts.items()},
        **own,
    )


def test_one_of_three_hub_servers_is_told_what_the_all_in_one_tells_it(tmp_path: Path) -> None:
    identity = tmp_path / "identity"
    keyring.prepare(identity, ["localhost"], members={"hub-2": ["10.0.0.12", "hub-2"]})
    place = ClusterPlace(
        "hub-2",
        "0.0.0.0:6222",
        ["10.0.0.10:6222", "10.0.0.13:6222"],
        identity / keyring.member_certificate("hub-2"),
        identity / "link-ca.pem",
        8223,
    )
    ports = {"client_port": 4223, "leaf_port": 7422, "leaf_host": "0.0.0.0"}
    write_hub(tmp_path / "h", store=Path("/h"), identity=identity, cluster=place, **ports)
    jwt = {name: (identity / f"{name}.jwt").read_text().strip() for name in ("operator", "system", "core", "nodes")}
    said = three_hubs("hub-2", nats_hub_identity=str(identity), nats_hub_data="/h", nats_hub_jwt=jwt)
    assert words(render("nats_hub", "hub.conf.j2", said)) == words((tmp_path / "h").read_text())


def test_a_hub_of_three_is_known_to_nodes_and_open_to_itself_alone() -> None:
    node = three_hubs("branch-a", nats_leaf_token={"content": base64.b64encode(b"t0k").decode()})
    text = render("nats_leaf", "node.conf.j2", node)
    assert 'urls: ["tls://10.0.0.10:7422", "tls://10.0.0.12:7422", "tls://10.0.0.13:7422"]' in text
    own = render("nats_leaf", "node.conf.j2", {**node, "nats_leaf_hubs": ["hub.site:7000"]})
    assert 'urls: ["tls://hub.site:7000"]' in own
    admin = {"appliance_admin_networks": ["10.9.0.0/24"]}
    wall = render("firewall", "nftables.conf.j2", three_hubs("hub-2", **admin))
    assert "ip saddr 10.0.0.10 tcp dport 6222 accept" in wall and "ip saddr 10.0.0.13 tcp dport 6222 accept" in wall
    assert wall.count("6222") == 2 and "tcp dport { 7422 } accept" in wall and "443" not in wall
    assert "6222" not in render("firewall", "nftables.conf.j2", three_hubs("branch-a", **admin))
    assert "6222" not in render("firewall", "nftables.conf.j2", defaults(**admin))
    assert three_hubs("hub-2")["bundle_only"] == []
    assert 'COORDINATOR_NATS_REPLICAS="3"' in render("coordinator", "coordinator.env.j2", three_hubs("head-office"))
    assert 'COORDINATOR_NATS_REPLICAS="1"' in render("coordinator", "coordinator.env.j2", defaults())


def test_every_setting_the_playbook_writes_is_one_the_programs_read() -> None:
    for role, template, prefix, settings in (
        ("edge_node", "node.env.j2", "EDGE_NODE_", NodeSettings),
        ("coordinator", "coordinator.env.j2", "COORDINATOR_", CoordinatorSettings),
        ("coordinator", "provision-runner.env.j2", "COORDINATOR_", CoordinatorSettings),
    ):
        text = render(role, template, {**defaults(), "edge_node_gpu": True, "coordinator_playbooks": True})
        names = re.findall(r'^([A-Z_]+)="', text, re.MULTILINE)
        assert len(names) > 5
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


AWKWARD = """it's $HOME `id` "quoted" back\\slash \\\\ # no comment; ok = yes"""


def as_systemd_reads(line: str) -> str:
    """The value of an EnvironmentFile's line in double quotes, by systemd's rules (src/basic/env-file.c)."""
    quoted = line.partition("=")[2]
    assert quoted[0] == quoted[-1] == '"'
    return re.sub(r'\\(["\\$`])', r"\1", quoted[1:-1])


@pytest.mark.parametrize(
    ("role", "template", "more"),
    [("edge_node", "node.env.j2", "edge_node_settings"), ("coordinator", "coordinator.env.j2", "coordinator_settings")],
)
def test_a_setting_is_read_as_it_was_meant_by_systemd_and_by_sh(
    role: str, template: str, more: str, tmp_path: Path
) -> None:
    given = {"A_TEXT": AWKWARD, "A_LIST": ["a", 'b"c'], "A_SWITCH": True, "A_NUMBER": 3}
    text = render(role, template, {**defaults(), more: given})
    (tmp_path / "env").write_text(text)
    for name, meant in given.items():
        wanted = meant if isinstance(meant, str) else json.dumps(meant)
        (line,) = [line for line in text.splitlines() if line.startswith(f"{name}=")]
        assert as_systemd_reads(line) == wanted
        argv = ["sh", "-euc", f'. "$1"; printf %s "${name}"', "sh", str(tmp_path / "env")]
        assert subprocess.run(argv, capture_output=True, text=True, check=True, timeout=10).stdout == wanted


@pytest.mark.parametrize(
    ("role", "template"), [("edge_node", "interview-node.j2"), ("coordinator", "interview-head-office.j2")]
)
def test_a_machines_command_takes_the_settings_of_the_release_it_is_asked_for(
    role: str, template: str, tmp_path: Path
) -> None:
    program = {"edge_node": "edge-node", "coordinator": "coordinator"}[role]
    env = {"edge_node": "node.env", "coordinator": "coordinator.env"}[role]
    root, etc = tmp_path / "opt", tmp_path / "etc"
    for folder, word in ((root / "current", "now"), (root / "releases/2", "next")):
        tool = folder / "venv/bin" / program
        tool.parent.mkdir(parents=True)
        tool.write_text(f'#!/bin/sh\necho {word} "$WHICH" "$@"\n')
        tool.chmod(0o755)
    for folder, word in ((etc, "now"), (root / "releases/2/settings" / str(etc).lstrip("/"), "next")):
        folder.mkdir(parents=True)
        (folder / env).write_text(f"WHICH={word}\n")
    stub = tmp_path / "bin/runuser"
    stub.parent.mkdir()
    stub.write_text('#!/bin/sh\necho "$*" | sed "s/ -- .*//"\nwhile [ "$1" != -- ]; do shift; done; shift\nexec "$@"\n')
    stub.chmod(0o755)
    command = tmp_path / "command"
    command.write_text(render(role, template, {**defaults(), "appliance_root": str(root), "appliance_etc": str(etc)}))

    def said(*arguments: str, **environment: str) -> list[str]:
        argv = ["sh", str(command), *arguments]
        path = {"PATH": f"{stub.parent}:/usr/bin:/bin", **environment}
        return subprocess.run(argv, env=path, capture_output=True, text=True, check=True).stdout.splitlines()

    assert said("drain", "two words") == ["-u interview", "now now drain two words"]
    assert said("enrol", RELEASE=str(root / "releases/2")) == ["-u interview", "next next enrol"]
    if role == "edge_node":
        assert said("support-bundle") == ["-u interview -g interview -G systemd-journal", "now now support-bundle"]


def tasks_of(role: str) -> list[dict[str, Any]]:
    """Every task of a role, those inside blocks too."""
    found: list[dict[str, Any]] = []
    waiting = [task for file in (ROLES / role / "tasks").glob("*.yml") for task in yaml.safe_load(file.read_text())]
    while waiting:
        task = waiting.pop()
        found.append(task)
        waiting += [inner for part in ("block", "rescue", "always") for inner in task.get(part, ())]
    return found


def test_what_a_release_wants_on_a_machine_lies_with_it_until_it_is_put_in_place() -> None:
    """Or going back would start the old program with the new one's settings."""
    secrets = {"nats.token", "coordinator-ca.pem", "first-accounts.json"}
    for role in ("nats_leaf", "edge_node", "nats_hub", "coordinator"):
        written = [
            task[module]["dest"]
            for task in tasks_of(role)
            for module in ("ansible.builtin.template", "ansible.builtin.copy")
            if module in task
        ]
        assert any("{{ release_settings }}" in path for path in written)
        straight = [path for path in written if not path.startswith("{{ release_settings }}")]
        of_machine = [path for path in straight if re.match(r"/etc|/usr|\{\{ appliance_(etc|root) \}\}", path)]
        assert {path.rpartition("/")[2] for path in of_machine} <= secrets, role
        assert not [task["name"] for task in tasks_of(role) if "notify" in task], role


def test_a_release_proves_itself_after_its_settings_and_its_server_are_in_place() -> None:
    for role in ("edge_node", "coordinator"):
        (switch,) = [task for task in tasks_of(role) if task["name"] == "Switch, prove, or go back"]
        steps = [step.get("ansible.builtin.include_role", {}).get("tasks_from") for step in switch["block"]]
        assert steps[0] == "put.yml" and steps[2] == "done.yml"
        assert switch["block"][1]["ansible.builtin.include_tasks"] == "restart.yml"
        restart = yaml.safe_load((ROLES / role / "tasks/restart.yml").read_text())
        first = {"edge_node": "{{ (['nats'] + edge_node_processes", "coordinator": "{{ ['hub'] + coordinator_processes"}
        units = restart[0].get("loop") or restart[0]["vars"]["edge_node_units"]
        assert units.startswith(first[role])
        back = [step.get("ansible.builtin.include_role", {}).get("tasks_from") for step in switch["rescue"]]
        assert "back.yml" in back


def test_a_machine_that_is_a_node_and_shows_its_page_is_given_all_of_a_node() -> None:
    both = defaults(group_names=["nodes", "room_pcs"])
    plain = defaults(group_names=["room_pcs"])
    assert (both["bundle_only"], plain["bundle_only"]) == ([], ["debs/"])
    assert both["preflight_memory_mb"] == defaults()["preflight_memory_mb"] > plain["preflight_memory_mb"]
    assert both["kiosk_node"] == "branch-a"


def test_the_database_keeps_the_vector_index_in_memory_and_stays_below_its_bound() -> None:
    for memory, buffers in ((900, 256), (4000, 1000), (16000, 4000), (256000, 8192)):
        said = defaults(ansible_facts={"memtotal_mb": memory})
        unit = render("postgres", "interview-postgres.service.j2", said)
        assert f"-c shared_buffers={buffers}MB " in unit
        assert f"MemoryMax={buffers + 1024}M" in unit


def test_the_firewall_opens_the_ports_the_programs_listen_on_and_spares_other_tables() -> None:
    own = {"appliance_http_port": 8443, "appliance_media_port_first": 40000, "appliance_media_port_last": 40100}
    text = render("firewall", "nftables.conf.j2", defaults(appliance_admin_networks=["10.9.0.0/24"], **own))
    assert "tcp dport { 8443 } accept" in text and "udp dport { 40000-40100 } accept" in text
    assert "ip saddr 10.9.0.0/24 tcp dport { 22, 9100 } accept" in text
    assert "flush" not in text
    env = render("edge_node", "node.env.j2", defaults(**own))
    assert 'HTTP_PORT="8443"' in env and 'UDP_PORT_FIRST="40000"' in env and 'UDP_PORT_LAST="40100"' in env
    assert defaults(**own)["edge_node_public_url"] == "https://10.0.0.11:8443"
    office = defaults(group_names=["coordinator"], coordinator_http_port=9443, nats_hub_leaf_port=7000)
    assert office["firewall_public_tcp"] == [9443, 7000]
    assert defaults(ansible_port="2222")["firewall_admin_tcp"] == [2222, 9100]


def test_an_installation_without_nodes_watches_head_office() -> None:
    said = defaults(groups={"coordinator": ["head-office"], "all": ["head-office"]}, group_names=["coordinator"])
    targets = json.loads(render("telemetry", "targets.json.j2", said))
    assert {"10.0.0.10:9100"} < {target for group in targets for target in group["targets"]}
    both = json.loads(render("telemetry", "targets.json.j2", defaults()))
    assert both == targets, "a node sends its own figures"


def test_the_runner_of_playbooks_has_its_own_way_into_the_database_and_is_watched() -> None:
    said = defaults(
        group_names=["coordinator"],
        coordinator_playbooks=True,
        coordinator_settings={"COORDINATOR_LOG_LEVEL": "debug", "COORDINATOR_TOKEN_HOURS": 1},
    )
    runner, office = (render("coordinator", f"{name}.env.j2", said) for name in ("provision-runner", "coordinator"))
    assert 'COORDINATOR_DATABASE_URL_FILE="/etc/interview/playbooks.url"' in runner
    assert 'COORDINATOR_LOG_LEVEL="debug"' in runner and "TOKEN_HOURS" not in runner
    assert f'COORDINATOR_PLAYBOOKS__DATABASE_ROLE="{said["postgres_runner_role"]}"' in office
    unit = render("coordinator", "interview-provision-runner.service.j2", said)
    assert "coordinator.env" not in unit and "SupplementaryGroups" not in unit
    port = re.search(r'COORDINATOR_METRICS_PORT="(\d+)"', runner)
    assert port is not None
    ports = {
        group["labels"]["process"]: group["targets"]
        for group in json.loads(render("telemetry", "targets.json.j2", said))
    }
    assert ports["provision-runner"] == [f"127.0.0.1:{port[1]}"]
    without = json.loads(render("telemetry", "targets.json.j2", defaults()))
    assert "provision-runner" not in {group["labels"]["process"] for group in without}


def test_no_task_escapes_the_backslash_of_a_group_for_ansible_takes_it_as_it_stands() -> None:
    """Found on a machine: a name made with two backslashes was no unit's, and every unit was asked for one by one."""
    for file in (*ROLES.glob("*/tasks/*.yml"), *ROLES.glob("*/vars/*.yml"), *PROVISIONING.glob("playbooks/*.yml")):
        assert not re.search(r"\\\\\d", file.read_text()), file


def test_no_task_writes_the_end_of_a_line_where_ansible_takes_it_for_two_letters() -> None:
    """Expressions have one in double quotes only; conditions are read otherwise, and dpkg-query reads its own."""
    for role in sorted(path.name for path in ROLES.iterdir()):
        for task in tasks_of(role):
            plain = {key: value for key, value in task.items() if key not in ("when", "until", "failed_when", "block")}
            wrong = re.search(r"\{\{.*\\\\n", json.dumps(plain).replace("Status-Status}\\\\n", ""))
            assert not wrong, (role, task["name"])


def test_packages_come_from_the_bundle_at_hand_and_the_machines_own_source_follows_its_release() -> None:
    """Found on machines: after going back, the source still named the newer bundle."""
    for role in sorted(path.name for path in ROLES.iterdir()):
        for task in tasks_of(role):
            if "ansible.builtin.apt" in task:
                assert task["environment"] == "{{ appliance_apt_environment }}", (role, task["name"])
    said = defaults()
    assert said["appliance_apt_environment"] == {"APT_CONFIG": "/opt/interview/bundles/0123456789abcdef/apt/apt.conf"}
    assert defaults(appliance_airgap=False)["appliance_apt_environment"] == {}
    assert said["os_base_source"] == "/opt/interview/current/debs"
    assert defaults(group_names=["room_pcs"])["os_base_source"] == said["os_base_debs"]
    (link,) = [task for task in tasks_of("release") if task.get("loop") == ["web", "debs"]]
    assert link["ansible.builtin.file"]["dest"] == "{{ release_path }}/{{ item }}"


def test_alarms_go_to_the_sites_tools_or_plainly_to_nobody() -> None:
    routes = yaml.safe_load((PROVISIONING / "observability/alertmanager.yml").read_text())
    said = {**defaults(), "telemetry_routes": routes}
    assert json.loads(render("telemetry", "alertmanager.yml.j2", said)) == routes
    told = json.loads(render("telemetry", "alertmanager.yml.j2", {**said, "telemetry_pages_url": "https://pager/x"}))
    assert told["receivers"] == [
        {"name": "pages", "webhook_configs": [{"url": "https://pager/x"}]},
        {"name": "tickets"},
    ]
    assert "http" not in (PROVISIONING / "observability/alertmanager.yml").read_text()
