"""The manifest: what it accepts, what it refuses, and that the packaged one is whole."""

import re
from pathlib import Path
from typing import Any

import pytest
from edge_node.models import manifest as manifests
from edge_node.models import sources
from edge_node.models.manifest import Manifest
from edge_node.models.pull import Wish, wanted
from pydantic import ValidationError

SHA = "a" * 64


def model(**changes: Any) -> dict[str, Any]:
    entry = {
        "profile": "starter",
        "role": "vad",
        "name": "one",
        "licence": "free",
        "file": "one.onnx",
        "sources": [{"origin": "pypi:one==1#one.onnx", "sha256": SHA}],
    }
    return {key: value for key, value in (entry | changes).items() if value is not None}


def manifest(*models: dict[str, Any]) -> Manifest:
    return Manifest.model_validate({"licences": {"free": {"name": "Free"}}, "models": models})


def test_the_packaged_manifest_covers_every_role_in_both_languages() -> None:
    packaged = manifests.load()
    for profile in manifests.PROFILES:
        for role in manifests.ROLES:
            for language in ("en", "ko"):
                assert list(packaged.select(profile, role=role, language=language)), (profile, role, language)


def test_every_starter_file_has_the_digest_of_its_source_and_its_own() -> None:
    for one in manifests.load().select("starter"):
        if one.packaged is None:
            assert one.sha256, one.name
            assert one.size, one.name
            assert all(source.sha256 for source in one.sources), one.name


def test_no_package_registry_is_named() -> None:
    text = (Path(manifests.__file__).parent / "manifest.toml").read_text()
    assert not re.search(r"pypi\.org|pythonhosted|npmjs", text)


def test_exaone_must_be_accepted_and_is_not_in_the_starter_profile() -> None:
    packaged = manifests.load()
    exaone = [one for one in packaged.models if "EXAONE" in one.name]
    assert {one.profile for one in exaone} == {"production"}
    assert all(packaged.licences[one.licence].accept for one in exaone)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sources": [{"origin": "ftp://host/file"}]}, "not a source"),
        ({"sources": [{"origin": "http://example.org/file"}]}, "not a source"),
        ({"sources": [{"origin": "pypi:one==1#../../etc/passwd", "sha256": SHA}]}, "cannot leave"),
        ({"sources": [{"origin": "pypi:one==1#one.onnx"}]}, "needs its sha256"),
        ({"sources": [{"origin": "pypi:one==1#one.onnx", "sha256": "abc"}]}, "sha256"),
        ({"sources": None}, "name sources"),
        ({"packaged": {"package": "one", "path": "one"}}, "name sources"),
        ({"licence": "unheard"}, "unknown licence"),
        ({"converter": "magic"}, "unknown converter"),
        ({"role": "oracle"}, "role"),
        ({"file": "../one.onnx"}, "file"),
        ({"sha512": "x"}, "sha512"),
    ],
)
def test_a_faulty_entry_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        manifest(model(**changes))


def test_two_models_cannot_share_a_file_or_a_name() -> None:
    with pytest.raises(ValidationError, match="belongs to"):
        manifest(model(), model(name="two"))
    with pytest.raises(ValidationError, match="twice"):
        manifest(model(), model(file="two.onnx"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pypi:a-b==1.0.0#a/b.bin", sources.PackageSource("pypi", "a-b", "1.0.0", "a/b.bin")),
        (
            "npm:@scope/pack@0.4.1#package/x.data",
            sources.PackageSource("npm", "@scope/pack", "0.4.1", "package/x.data"),
        ),
        ("https://example.org/a.gguf", sources.UrlSource("https://example.org/a.gguf")),
        ("file:///media/usb/a.gguf", sources.UrlSource("file:///media/usb/a.gguf")),
    ],
)
def test_sources_are_taken_apart(text: str, expected: sources.Source) -> None:
    assert sources.parse(text) == expected


def test_alternatives_are_pulled_only_when_asked_for() -> None:
    packaged = manifests.load()
    assert "emotion" not in {one.role for one in wanted(packaged, Wish("starter"))}
    assert {one.role for one in wanted(packaged, Wish("starter", role="emotion"))} == {"emotion"}
    usual = [one.name for one in wanted(packaged, Wish("production", role="language"))]
    assert usual == ["EXAONE-3.5-7.8B-Instruct-Q4_K_M"]
    by_name = wanted(packaged, Wish("production", name="EXAONE-3.5-7.8B-Instruct-Q8_0"))
    assert [one.name for one in by_name] == ["EXAONE-3.5-7.8B-Instruct-Q8_0"]
