"""``edge-node models`` as an operator runs it, on the real manifest and through the real pip."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from edge_node.app.room import engines_used
from edge_node.models.errors import ModelMissing
from edge_node.models.manifest import Manifest
from edge_node.models.pull import Wish, pull
from edge_node.models.registry import Registry

# Whoever is asked for a package or a file now cannot answer.
OFFLINE = {
    "PIP_NO_INDEX": "1",
    "PIP_FIND_LINKS": "",
    "PIP_EXTRA_INDEX_URL": "",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
    "npm_config_offline": "true",
    "PIP_RETRIES": "0",
}


def models(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command without a network."""
    return subprocess.run(
        [sys.executable, "-m", "edge_node", "models", *arguments],
        env=os.environ | OFFLINE | {"EDGE_NODE_MODELS_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_everything_of_the_starter_profile_is_there_and_unchanged(models_dir: Path) -> None:
    verified = models(models_dir, "verify", "--profile", "starter", "--json")
    assert verified.returncode == 0, verified.stdout
    states = {row["name"]: row["status"] for row in json.loads(verified.stdout)}
    assert set(states.values()) <= {"ready", "packaged"}
    registry = Registry(models_dir, "starter")
    for role, language in (("language", None), ("stt", "en"), ("stt", "ko"), ("tts", "en"), ("tts", "ko"),
                           ("vad", None), ("end_of_turn", None), ("face", None), ("embedding", None)):  # fmt: skip
        ready = registry.path(role, language)
        assert ready.path.exists()
        assert ready.licence


def test_an_interview_names_the_engines_of_its_own_language(models_dir: Path) -> None:
    registry = Registry(models_dir, "starter")
    for language, other in (("en", "ko"), ("ko", "en")):
        names = {engine.role: engine.name for engine in engines_used(registry, language)}
        assert names.keys() == {"language", "stt", "tts", "vad", "end_of_turn", "face"}
        assert names["stt"] == registry.path("stt", language).name != registry.path("stt", other).name
        assert names["tts"] == registry.path("tts", language).name != registry.path("tts", other).name


def test_a_second_pull_works_offline_and_says_there_is_nothing_to_do(models_dir: Path) -> None:
    again = models(models_dir, "pull", "--profile", "starter")
    assert again.returncode == 0
    assert "nothing to do" in again.stdout


def test_an_air_gapped_site_pulls_from_a_folder(models_dir: Path, tmp_path: Path) -> None:
    usb = tmp_path / "usb stick"
    usb.mkdir()
    shutil.copy(models_dir / "silero_vad.onnx", usb)
    there = tmp_path / "models"
    pulled = models(there, "pull", "--role", "vad", "--mirror", usb.as_uri())
    assert pulled.returncode == 0, pulled.stdout
    assert Registry(there, "starter").path("vad").path.read_bytes() == (usb / "silero_vad.onnx").read_bytes()
    # The whole folder of another machine works as a mirror, and a damaged copy does not.
    (usb / "smart-turn-v3.2-cpu.onnx").write_bytes(b"damaged")
    damaged = models(there, "pull", "--role", "end_of_turn", "--mirror", usb.as_uri())
    assert damaged.returncode == 1
    assert "digest_mismatch" in damaged.stdout
    assert not (there / "smart-turn-v3.2-cpu.onnx").exists()


def test_exaone_shows_its_licence_and_then_asks_for_a_digest(tmp_path: Path) -> None:
    refused = models(tmp_path, "pull", "--profile", "production", "--role", "language")
    assert refused.returncode == 1
    assert "licence_not_accepted" in refused.stdout
    assert "does not allow commercial use" in refused.stdout
    accepted = models(
        tmp_path, "pull", "--profile", "production", "--role", "language", "--accept-licence", "exaone-nc"
    )
    assert accepted.returncode == 1
    assert "digest_unknown" in accepted.stdout
    recorded = json.loads((tmp_path / "state.json").read_text())["licences"]
    assert recorded["exaone-nc"]["name"].startswith("EXAONE")


def test_the_list_names_what_is_missing(tmp_path: Path) -> None:
    listed = models(tmp_path, "list", "--profile", "production", "--json")
    rows = {row["name"]: row for row in json.loads(listed.stdout)}
    assert rows["EXAONE-3.5-7.8B-Instruct-Q4_K_M"]["status"] == "missing, needs --sha256"
    assert rows["korean-voice"]["status"] == "bring your own"
    assert "LICENCE" in models(tmp_path, "list").stdout
    with pytest.raises(ModelMissing, match="models pull --profile starter --role language"):
        Registry(tmp_path, "starter").path("language")


def test_nothing_in_the_network_is_a_failure_with_a_reason(tmp_path: Path) -> None:
    failed = models(tmp_path, "pull", "--role", "stt", "--json")
    assert failed.returncode == 1
    # Each model by itself: one that fails stops no other.
    details = {row["detail"].split(":")[0] for row in json.loads(failed.stdout) if row["status"] != "packaged"}
    assert details == {"source_failed"}
    assert {path.name for path in tmp_path.iterdir()} <= {".lock", "state.json"}


def wheel(folder: Path, content: bytes) -> str:
    """Write a real wheel ``tiny_weights`` that carries ``data/weights.bin``; returns its sha256."""
    path = folder / "tiny_weights-1.0-py3-none-any.whl"
    info = "tiny_weights-1.0.dist-info"
    members = {
        "tiny_weights/data/weights.bin": content,
        f"{info}/METADATA": b"Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0\n",
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},{len(data)}\n"
        for name, data in members.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (*members.items(), (f"{info}/RECORD", f"{record}{info}/RECORD,,\n".encode())):
            archive.writestr(name, data)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("honest", [True, False])
def test_a_package_comes_through_pip_with_its_hash_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, honest: bool
) -> None:
    content = b"weights" * 1000
    digest = wheel(tmp_path, content)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    origin = {
        "origin": "pypi:tiny-weights==1.0#tiny_weights/data/weights.bin",
        "sha256": digest if honest else "0" * 64,
    }
    manifest = Manifest.model_validate(
        {
            "licences": {"free": {"name": "Free"}},
            "models": [
                {"profile": "starter", "role": "vad", "name": "tiny", "licence": "free", "file": "tiny.bin",
                 "sources": [origin]},
            ],
        }
    )  # fmt: skip
    folder = tmp_path / "models"
    (outcome,) = pull(manifest, folder, Wish("starter"), lambda _: None)
    if honest:
        assert outcome.status == "pulled", outcome.detail
        assert (folder / "tiny.bin").read_bytes() == content
    else:
        assert outcome.detail.startswith("digest_mismatch"), outcome.detail
        assert not (folder / "tiny.bin").exists()
    assert not list(folder.glob("fetch-*"))
