"""The support bundle of a node whose kits, record, logs and files are full of people and secrets holds none of them."""

import asyncio
import json
import os
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from edge_node.bus.local import Bus
from edge_node.core.interview import events as e
from edge_node.core.interview.plan import QuestionKind
from edge_node.journal.store import JetStreamJournal
from edge_node.support.bundle import Bundle
from edge_node.support.redaction import REMOVED, Redactor
from edge_node.uplink.codec import encode_kit
from fakes.fixed_kits import small_kit
from interview_proto import subjects

NODE = "test"
INTERVIEW = "5f0c54f1-0d3a-4d8f-9f0a-2f6f6a1f9b11"
SAID = "I led the harbour project together with my sister Yuna"
SAID_KO = "저는 부산항에서 오 년 동안 일했습니다"
SEED = "SU" + "AGC3DKBPF6QGZTVMZLVJ3KHWYLDRZEMG7LNRYLGIZJ6UUSVQ7N2TK6XM"
JWT = "eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.eyJzdWIiOiJVQSIsIm5hbWUiOiJ0ZXN0In0.c2lnbmF0dXJl"
TOKEN = "t0ken-of-the-nodes-own-server-abcdef"
ROOM_KEY = "2b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfe"
PLANTED = (
    "Minji", "Park", "Yuna", "harbour", SAID, SAID_KO, "부산항", "minji@example.org", SEED, JWT, TOKEN, ROOM_KEY,
    "hunter2", INTERVIEW, "+82 10 1234 5678",
)  # fmt: skip


def log_lines() -> list[str]:
    """Everything that might get into a log, rightly or by a mistake somebody will make."""
    structured = [
        {
            "event": "interview refused",
            "room": "room",
            "level": "warning",
            "reason": "disk_full",
            "interview_id": INTERVIEW,
        },
        {"event": "malformed answer", "level": "warning", "pii_text": SAID, "prompt": "rating-3"},
        {"event": f"heard {SAID}", "level": "info"},
        {"event": "transcript failed", "text": SAID, "candidate": "Minji Park", "code": SAID_KO},
        {"event": "oops", "reason": "minji@example.org", "code": "Minji", "error": f"token {JWT}"},
        {"event": "nats", "host": "nats://user:hunter2@127.0.0.1:4222", "where": SEED},
        {"event": "tasks do not end", "tasks": [SAID, "forwarder", TOKEN]},
        {"event": "call", "code": "+82 10 1234 5678", "count": 3},
        {"event": "deep", "code": {"name": "Minji Park"}},
        {
            "event": "room died",
            "exception": f"builtins.ValueError\n  /opt/edge/room/desk.py:12 in claim\nValueError: {SAID}\n{SAID_KO}",
        },
    ]
    raw = [
        f"[7] 2026/11/26 20:00:00.000000 [ERR] authorization violation - {JWT}",
        "Traceback (most recent call last):",
        '  File "/opt/edge/room/desk.py", line 12, in claim',
        f"    raise ValueError({SAID!r})",
        f"ValueError: {SAID}",
        f"print left in by mistake: {SAID_KO}",
        f"-----BEGIN USER NKEY SEED-----\n{SEED}\n------END USER NKEY SEED------",
        json.dumps([SAID]),
        json.dumps(SAID),
    ]
    return [*(json.dumps(line, ensure_ascii=False) for line in structured), *raw]


async def bundle(tmp_path: Path, url: str, *more: str) -> dict[str, str]:
    """Run the command, and read every file of its archive."""
    data, logs, output = tmp_path / "data", tmp_path / "logs", tmp_path / "bundle.tar.gz"
    (data / "identity").mkdir(parents=True)
    logs.mkdir()
    (data / "node.token").write_text(TOKEN)
    (data / "room-token.key").write_text(ROOM_KEY)
    (data / "identity/link.creds").write_text(f"-----BEGIN NATS USER JWT-----\n{JWT}\n{SEED}\n")
    (logs / "room.log").write_text("\n".join(log_lines()) + "\n")
    environment = {
        "EDGE_NODE_NATS_URL": url,
        "EDGE_NODE_NODE_ID": NODE,
        "EDGE_NODE_DATA_DIR": str(data),
        "EDGE_NODE_MODELS_DIR": str(tmp_path / "models"),
        "EDGE_NODE_PUBLIC_URL": "https://admin:hunter2@room.example",
    }
    command = (sys.executable, "-m", "edge_node", "support-bundle", "--out", str(output), "--logs", str(logs), *more)
    process = await asyncio.create_subprocess_exec(
        *command, env=os.environ | environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, error = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, error.decode()
    assert "logs/room.log" in out.decode()
    assert output.stat().st_mode & 0o777 == 0o600
    with tarfile.open(output) as archive:
        found = {member.name: archive.extractfile(member) for member in archive}
        return {name.removeprefix("support-bundle/"): file.read().decode() for name, file in found.items() if file}


def check(files: dict[str, str]) -> list[dict[str, object]]:
    """No planted string is anywhere; what helps is still there. Returns the log's lines."""
    for name, text in files.items():
        assert [planted for planted in PLANTED if planted in text or planted in name] == [], name
    kept = [json.loads(line) for line in files["logs/room.log"].splitlines() if line.startswith("{")]
    assert kept[0] == {
        "event": "interview refused", "room": "room", "level": "warning", "reason": "disk_full", "interview_id": "id-1"
    }  # fmt: skip
    assert "/opt/edge/room/desk.py:12 in claim" in str(kept), "where it happened is told"
    assert '  File "/opt/edge/room/desk.py", line 12, in claim' in files["logs/room.log"]
    assert "[ERR] authorization violation" in files["logs/room.log"]
    assert kept[-1]["event"] == "lines left out"
    assert json.loads(files["settings.json"])["node_id"] == NODE
    return kept


async def test_a_node_full_of_people_gives_none_of_them_away(node_nats: str, bus: Bus, tmp_path: Path) -> None:
    journal = JetStreamJournal(bus.client, NODE)
    kits = await bus.client.jetstream().create_key_value(bucket=subjects.kits_bucket(NODE))
    await kits.put(INTERVIEW, encode_kit(replace(small_kit(INTERVIEW, "ABCDEF"), candidate_name="Minji Park")))
    facts: list[e.Event] = [
        e.InterviewOpened("kit-1", "en"),
        e.QuestionAsked("q1", "s1", QuestionKind.PLANNED, f"You said: {SAID}?"),
        e.TurnTaken("t1", "q1", SAID, e.TurnMode.SPOKEN, 0, 1),
        e.TurnTaken("t2", "q1", SAID_KO, e.TurnMode.SPOKEN, 1, 2),
    ]
    await journal.append(INTERVIEW, facts, after=0, interview_ms=1)
    files = await bundle(tmp_path, node_nats)
    kept = check(files)
    assert {"event": REMOVED, "reason": REMOVED, "code": REMOVED, "error": REMOVED} in kept
    node = json.loads(files["node.json"])
    assert node["journal"]["facts_of_the_last_interviews"]["TurnTaken"] == 2
    assert "room" in node["health"]["down"]


async def test_it_is_written_while_the_nodes_server_is_down(tmp_path: Path) -> None:
    files = await bundle(tmp_path, "nats://127.0.0.1:1", "--without-node")
    for name in ("node.json", "settings.json", "models.json"):
        assert "Minji" not in files[name]
    node = json.loads(files["node.json"])
    assert node["bus"] == "the node's own server does not answer"
    assert node["missing"] == ["health", "record", "figures"]
    # Without the kits nobody's name is known, but no sentence, address, id or secret gets through.
    for text in files.values():
        for planted in set(PLANTED) - {"Minji"}:
            assert planted not in text


@pytest.mark.parametrize(
    "value", ["two words", "김민지", "a" * 81, "x\ny", 'quote"', JWT, SEED, ROOM_KEY, "a@b.example"]
)
def test_only_short_code_like_values_pass(value: str) -> None:
    line = Redactor().line(json.dumps({"event": "e", "code": value}))
    assert line is not None
    assert json.loads(line)["code"] == REMOVED


@pytest.mark.parametrize("name", ["li wei", "후보 10", "Last Lines", "count 2"])
def test_no_name_keeps_a_bundle_from_being_written(name: str, tmp_path: Path) -> None:
    packed = Bundle(Redactor([name, *name.split()], ["room died 10 times while living"]))
    raw = json.dumps({"event": "room died 10 times while living", "count": 10, "last": 2, "candidate": name})
    packed.add_log("room", f"{raw}\n{name} said something\n".encode())
    packed.add_json("node.json", {"rooms": 10, "said": f"{name} is here", "olive": "liwei"})
    written = tmp_path / "bundle.tar.gz"
    assert packed.write(written) == ["node.json", "room"]
    with tarfile.open(written) as archive:
        files = [file.read().decode() for member in archive if (file := archive.extractfile(member))]
    assert all(name not in text for text in files)
    assert any("olive" in text and "10" in text for text in files)
