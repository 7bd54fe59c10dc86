"""A bundle is what its maker signed, whole, and for this machine; or nothing of it is taken."""

import importlib.util
import io
import json
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from provisioning.bundle import bare_debian, build, manifest, signature
from provisioning.bundle.build import Plan, pack
from provisioning.bundle.closure import ClosureError, closure, locked, pins
from provisioning.bundle.manifest import Target
from provisioning.bundle.sbom import Component, debs, document, wheel

CHECKER = Path(__file__).parents[2] / "provisioning/roles/bundle/files/unbundle.py"
needs_ssh_keygen = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed: apt-get install openssh-client"
)


def checker() -> Any:
    spec = importlib.util.spec_from_file_location("unbundle", CHECKER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def here(**other: Any) -> Target:
    python = ".".join(platform.python_version_tuple()[:2])
    said = {"python": python, "machine": platform.machine(), "cpu_flags": (), "debian": "bookworm", **other}
    return Target(**said)


class Made:
    """A small bundle, its key and where it is unpacked."""

    def __init__(self, folder: Path, target: Target | None = None) -> None:
        self.key = folder / "key"
        signature.make_key(self.key)
        stage = folder / "stage"
        for name, text in (("bin/tool", "#!/bin/sh\n"), ("wheels/a.whl", "wheel"), ("debs/Packages", "")):
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            (stage / name).write_text(text)
        said = manifest.of_folder(stage, "1.2.3", target or here())
        self.file = pack(stage, said, self.key, folder / "one.bundle")
        self.signers = folder / "one.bundle.signers"
        self.machine = folder / "machine"

    def unpack(self, *only: str) -> Any:
        return checker().unpack(self.file, self.machine, self.signers, only)

    def rewrite(self, change: Callable[[str, bytes], list[tuple[str, bytes]]]) -> None:
        """Put another file in the bundle's place, with each member as ``change`` wants it."""
        members = []
        with tarfile.open(self.file) as archive:
            for member in archive.getmembers():
                content = archive.extractfile(member)
                assert content is not None
                members += change(member.name, content.read())
        with tarfile.open(self.file, "w") as archive:
            for name, data in members:
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))

    def refused(self) -> str:
        """The reason it is refused with; nothing may be left on the machine."""
        module = checker()
        with pytest.raises((module.BundleRefused, tarfile.TarError)) as refusal:
            module.unpack(self.file, self.machine, self.signers)
        assert not self.machine.exists() or list(self.machine.iterdir()) == []
        return str(refusal.value)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed: apt-get install openssh-client")
    return Made(tmp_path)


def test_a_good_bundle_is_unpacked_once_under_its_id(made: Made) -> None:
    first = made.unpack()
    facts = json.loads(made.file.with_name("one.bundle.json").read_text())
    assert (first["version"], first["id"], first["changed"]) == ("1.2.3", facts["id"], True)
    assert (made.machine / first["id"] / "wheels/a.whl").read_text() == "wheel"
    assert (made.machine / first["id"] / "bin/tool").stat().st_mode & 0o111
    assert made.unpack()["changed"] is False


def test_only_what_is_asked_for_is_put_down_but_all_is_checked(made: Made) -> None:
    said = made.unpack("debs/")
    assert not (made.machine / said["id"] / "wheels").exists()
    shutil.rmtree(made.machine)
    made.rewrite(lambda name, data: [(name, b"other" if name == "wheels/a.whl" else data)])
    assert "wheels/a.whl" in made.refused()


def test_another_key_is_not_trusted(made: Made, tmp_path: Path) -> None:
    stranger = signature.make_key(tmp_path / "stranger")
    made.signers.write_text(signature.signers_line(stranger))
    assert "signature" in made.refused()


def test_a_changed_manifest_is_refused(made: Made) -> None:
    made.rewrite(lambda name, data: [(name, data.replace(b"1.2.3", b"9.9.9"))])
    assert "signature" in made.refused()


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: [] if name == "wheels/a.whl" else [(name, data)],
        lambda name, data: [(name, data), ("wheels/extra.whl", b"x")] if name == "bin/tool" else [(name, data)],
        lambda name, data: [(name, data), ("../outside", b"x")] if name == "bin/tool" else [(name, data)],
        lambda name, data: [(name, data), (name, data)] if name == "bin/tool" else [(name, data)],
        lambda name, data: [(name, data[:-1])] if name == "wheels/a.whl" else [(name, data)],
        lambda name, data: [] if name == "manifest.json.sig" else [(name, data)],
    ],
    ids=["missing", "extra", "outside", "twice", "short", "unsigned"],
)
def test_a_bundle_that_is_not_whole_is_refused(
    made: Made, change: Callable[[str, bytes], list[tuple[str, bytes]]]
) -> None:
    made.rewrite(change)
    made.refused()


@pytest.mark.parametrize("name", ["manifest.json", "manifest.json.sig", "bin/tool", "wheels/a.whl"])
def test_a_file_cut_amid_any_part_is_refused(made: Made, name: str) -> None:
    with tarfile.open(made.file) as archive:
        member = archive.getmember(name)
    data = made.file.read_bytes()
    made.file.write_bytes(data[: member.offset_data + member.size // 2])
    made.refused()


@needs_ssh_keygen
@pytest.mark.parametrize(
    ("other", "word"),
    [({"python": "2.7"}, "Python"), ({"machine": "vax"}, "vax"), ({"cpu_flags": ("no_such_flag",)}, "no_such_flag")],
)
def test_a_bundle_for_another_machine_is_refused(tmp_path: Path, other: dict[str, Any], word: str) -> None:
    assert word in Made(tmp_path, here(**other)).refused()


def test_the_program_says_why_in_one_line(made: Made) -> None:
    made.file.write_bytes(b"no bundle at all")
    argv = ["python3", str(CHECKER), str(made.file), str(made.machine), "--signers", str(made.signers)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith("bundle refused: ") and done.stderr.count("\n") == 1


def test_a_link_is_not_taken_into_a_bundle(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    with pytest.raises(ValueError, match="neither a file nor a folder"):
        manifest.of_folder(tmp_path, "1", here())


def test_closure_follows_extras_and_markers() -> None:
    needs = {
        "a": ["b[fast]", "c; python_version < '3'"],
        "b": ["d; extra == 'fast'", "e; extra == 'slow'", "sounddevice"],
        "d": ["A"],
    }
    assert closure(["a"], lambda name: needs.get(name, [])) == ["a", "b", "d"]


def test_pins_are_the_ones_of_this_python_with_their_hashes() -> None:
    lock = locked(
        "packaging==1 ; python_full_version < '3' \\\n    --hash=sha256:aa\n"
        "packaging==2 ; python_full_version >= '3' \\\n    --hash=sha256:bb\n    # via x\n"
    )
    assert pins(["packaging"], lock) == [
        "packaging==2 ; python_full_version >= '3' \\\n    --hash=sha256:bb",
    ]
    with pytest.raises(ClosureError, match="not in the lock"):
        pins(["absent"], lock)


def test_the_bill_of_materials_names_every_part() -> None:
    parts = [Component("library", "edge-node", "1", "a" * 64, "pkg:pypi/edge-node@1", "Apache-2.0")]
    parts += [
        c for _, c in debs("Package: nftables\nVersion: 1:2\nArchitecture: amd64\nFilename: ./n.deb\nSHA256: bb\n")
    ]
    said = json.loads(document("1.0", parts, {"edge-node": ["edge-node", "nftables"]}))
    assert said["bomFormat"] == "CycloneDX" and said["specVersion"] == "1.6"
    assert [c["purl"] for c in said["components"]] == [
        "pkg:pypi/edge-node@1",
        "pkg:deb/debian/nftables@1%3A2?arch=amd64",
    ]
    assert {d["ref"]: d["dependsOn"] for d in said["dependencies"]}["pkg:pypi/edge-node@1"] == [
        "pkg:deb/debian/nftables@1%3A2?arch=amd64"
    ]


def test_what_is_no_wheel_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "x.whl").write_text("garbage")
    with pytest.raises(ValueError, match=r"x\.whl is no wheel"):
        wheel(tmp_path / "x.whl", "0" * 64)


ROLES = CHECKER.parents[2]


def plan(folder: Path, **other: Any) -> Plan:
    return Plan(folder, folder / "cache", None, "1.2.3", folder / "llama.whl", **other)


@pytest.mark.parametrize("with_gpu", [False, True])
def test_the_gpus_driver_lies_in_a_bundle_that_is_asked_for_it(
    with_gpu: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its packages come from the non-free part, with their hashes in the manifest and their names in the bill."""
    asked: list[Any] = []

    def download(root: Path, packages: Any, target: Path, components: Any) -> None:
        asked.append(tuple(components))
        for name in packages:
            (target / f"{name}_1_all.deb").write_text(name)

    def index(debs: Path) -> str:
        said = []
        for path in sorted(debs.glob("*.deb")):
            name = path.name.partition("_")[0]
            held = manifest.digest(path).sha256
            said.append(f"Package: {name}\nVersion: 1\nArchitecture: all\nFilename: ./{path.name}\nSHA256: {held}\n")
        return "\n".join(said)

    monkeypatch.setattr(bare_debian, "image", lambda cache: cache / "image")
    monkeypatch.setattr(bare_debian, "unpack", lambda packed, root: root.mkdir())
    monkeypatch.setattr(bare_debian, "download", download)
    monkeypatch.setattr(bare_debian, "index", index)
    (tmp_path / "cache").mkdir()
    stage = tmp_path / "stage"
    stage.mkdir()
    made = plan(tmp_path, with_rooms=False, with_gpu=with_gpu)
    listed = dict(debs(build._gather_debs(made, stage / "debs")))
    files = manifest.of_folder(stage, "1.2.3", here()).files
    assert set(listed) == set(files)
    assert all(files[path].sha256 == component.sha256 for path, component in listed.items())
    named = {component.name for component in listed.values()}
    assert named >= set(build.PACKAGES)
    assert named & set(build.GPU_PACKAGES) == (set(build.GPU_PACKAGES) if with_gpu else set())
    assert asked == [bare_debian.NON_FREE if with_gpu else bare_debian.FREE]
    assert made.parts == (["gpu"] if with_gpu else [])


def test_the_playbook_installs_the_driver_that_a_bundle_holds() -> None:
    said = yaml.safe_load((ROLES / "gpu_driver/defaults/main.yml").read_text())
    assert said["gpu_driver_packages"] == list(build.GPU_PACKAGES)


def test_the_facts_beside_a_bundle_name_its_parts(made: Made, tmp_path: Path) -> None:
    stage = tmp_path / "stage"
    said = manifest.of_folder(stage, "1.2.3", here())
    packed = pack(stage, said, made.key, tmp_path / "two.bundle", ["gpu", "models"])
    assert json.loads(packed.with_name("two.bundle.json").read_text())["parts"] == ["gpu", "models"]
