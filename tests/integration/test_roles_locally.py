"""Roles on the machine itself, where head office cannot be asked by SSH; run by Ansible in a scratch folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROLES = Path(__file__).parents[2] / "provisioning/roles"
TOKEN = "a-token-good-once-and-for-minutes"
ENROL = """
- hosts: branch-b
  gather_facts: false
  roles:
    - role: appliance
  tasks:
    - name: Nothing was handed over
      block:
        - ansible.builtin.include_role: {name: edge_node, tasks_from: enrol.yml}
      rescue:
        - ansible.builtin.copy: {content: "{{ ansible_failed_result.msg }}", dest: "{{ root }}/refused"}
    - ansible.builtin.copy: {content: "{{ token }}\\n", dest: "{{ appliance_handed }}/enrolment.token"}
    - ansible.builtin.copy: {content: "THE AUTHORITY\\n", dest: "{{ appliance_handed }}/page-ca.pem"}
    - ansible.builtin.include_role: {name: edge_node, tasks_from: enrol.yml}
    - name: Keep what the inventory says of this machine
      ansible.builtin.include_role: {name: pull, tasks_from: inventory.yml}
"""
PROGRAM = """#!/bin/sh
# Stands for the node's command: notes what it was told, and is enrolled.
echo "$@" > {root}/told; cp {root}/data/node/enrolment.token {root}/token
mkdir -p {root}/data/node/identity; touch {root}/data/node/identity/link.creds
"""


def test_a_node_is_enrolled_by_what_was_handed_over_and_keeps_its_own_part_of_the_inventory(tmp_path: Path) -> None:
    for folder in ("etc", "handed", "data/node", "settings/usr/local/bin"):
        (tmp_path / folder).mkdir(parents=True)
    program = tmp_path / "settings/usr/local/bin/interview-node"
    program.write_text(PROGRAM.format(root=tmp_path))
    program.chmod(0o755)
    (tmp_path / "play.yml").write_text(ENROL)
    (tmp_path / "site.pem").write_text("THE SITE'S OWN\n")
    here = {"ansible_host": "10.0.0.12", "rollout_group": "canary", "edge_node_rooms_max": 3, "edge_node_secret": "x"}
    nodes = {"branch-a": {"ansible_host": "10.0.0.11", "edge_node_settings": {"OF": "another"}}}
    groups = {
        "coordinator": {"hosts": {"head-office": {"ansible_host": "10.0.0.10"}}},
        "nodes": {"hosts": nodes, "children": {"pulled": {"hosts": {"branch-b": here}}}},
    }
    shared = {"appliance_admin_networks": ["10.9.0.0/24"], "telemetry_pages_url": "https://pager/key"}
    shared |= {"ansible_python_interpreter": sys.executable, "appliance_user": "root"}
    (tmp_path / "hosts.json").write_text(json.dumps({"all": {"children": groups, "vars": shared}}))
    said = {
        "root": str(tmp_path),
        "token": TOKEN,
        "appliance_local": "true",
        "appliance_etc": f"{tmp_path}/etc",
        "appliance_data": f"{tmp_path}/data",
        "appliance_handed": f"{tmp_path}/handed",
        "release_path": f"{tmp_path}/release",
        "release_settings": f"{tmp_path}/settings",
        "appliance_bundle": "/media/stick/one.bundle",
        "appliance_authority_file": f"{tmp_path}/site.pem",
    }
    argv = [str(Path(sys.executable).with_name("ansible-playbook")), "-i", f"{tmp_path}/hosts.json", "-c", "local"]
    argv += [f"{tmp_path}/play.yml", "-e", json.dumps(said)]
    environment = {
        **os.environ,
        "ANSIBLE_ROLES_PATH": str(ROLES),
        "ANSIBLE_LOCAL_TEMP": f"{tmp_path}/temporary",
        "ANSIBLE_REMOTE_TEMP": f"{tmp_path}/temporary",
    }
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-500:]

    assert "lacks enrolment.token and page-ca.pem" in (tmp_path / "refused").read_text()
    told = (tmp_path / "told").read_text()
    assert "enrol --coordinator https://10.0.0.10 --name branch-b" in told
    assert (tmp_path / "token").read_text() == TOKEN and TOKEN not in done.stdout
    assert not (tmp_path / "data/node/enrolment.token").exists()
    assert (tmp_path / "etc/coordinator-ca.pem").read_text() == "THE AUTHORITY\nTHE SITE'S OWN\n"

    kept = json.loads((tmp_path / "etc/inventory.json").read_text())["all"]["children"]
    assert kept["pulled"]["hosts"] == {"branch-b": {"ansible_host": "10.0.0.12"}}
    assert kept["coordinator"]["hosts"] == {"head-office": {"ansible_host": "10.0.0.10"}}
    assert kept["nodes"]["hosts"]["branch-a"] == {"ansible_host": "10.0.0.11"}
    own = kept["nodes"]["hosts"]["branch-b"]
    assert (own["edge_node_rooms_max"], own["rollout_group"]) == (3, "canary")
    assert own["appliance_admin_networks"] == ["10.9.0.0/24"]
    told_apart = {"edge_node_secret", "telemetry_pages_url", "appliance_bundle", "appliance_local", "edge_node_token"}
    assert not told_apart & set(own)
    assert (tmp_path / "etc/inventory.json").stat().st_mode & 0o777 == 0o600
