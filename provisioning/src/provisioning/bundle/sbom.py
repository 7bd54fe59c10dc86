"""The bill of materials in CycloneDX 1.6: every package and file of a bundle, with its version, licence and sha256."""

import json
import re
import uuid
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True)
class Component:
    """One part. ``purl``: its package URL, empty for plain files; ``licence`` as its author wrote it, or empty."""

    kind: str
    name: str
    version: str
    sha256: str
    purl: str = ""
    licence: str = ""


def wheel(path: Path, sha256: str) -> Component:
    """A Python package by its wheel's own words; raises ValueError for a file that is no wheel."""
    try:
        with zipfile.ZipFile(path) as archive:
            (name,) = [n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n)]
            said = HeaderParser().parsestr(archive.read(name).decode())
    except (zipfile.BadZipFile, ValueError) as error:
        raise ValueError(f"{path.name} is no wheel: {error}") from None
    licence = said["License-Expression"] or _first_line(said["License"])
    name = re.sub(r"[-_.]+", "-", said["Name"]).lower()
    return Component("library", name, said["Version"], sha256, f"pkg:pypi/{name}@{quote(said['Version'])}", licence)


def debs(packages: str, prefix: str = "debs/") -> list[tuple[str, Component]]:
    """The packages of an apt index, each with its path inside the bundle."""
    found = []
    for paragraph in re.split(r"\n\s*\n", packages.strip()):
        said = HeaderParser().parsestr(paragraph)
        if not said["Package"]:
            continue
        purl = f"pkg:deb/debian/{said['Package']}@{quote(said['Version'])}?arch={said['Architecture']}"
        path = prefix + said["Filename"].removeprefix("./")
        found.append((path, Component("library", said["Package"], said["Version"], said["SHA256"], purl)))
    return found


def document(version: str, components: Iterable[Component], contained: Mapping[str, Sequence[str]]) -> str:
    """The document (JSON). ``contained``: by part of the product (``node``...), the names of its packages."""
    parts = [_entry(component) for component in components]
    refs = {part["name"]: part["bom-ref"] for part in parts}
    content = "\n".join(part["bom-ref"] + part["hashes"][0]["content"] for part in parts)
    said: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "interview-appliance",
                "name": "interview-appliance",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": parts,
        "dependencies": [
            {"ref": "interview-appliance", "dependsOn": sorted({ref for ref in refs.values()})},
            *(
                {
                    "ref": refs[root],
                    "dependsOn": sorted({refs[name] for name in names if name in refs and name != root}),
                }
                for root, names in contained.items()
                if root in refs
            ),
        ],
    }
    return json.dumps(said, indent=1, sort_keys=True) + "\n"


def _entry(component: Component) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": component.kind,
        "bom-ref": component.purl or f"file:{component.name}:{component.sha256[:16]}",
        "name": component.name,
        "version": component.version,
        "hashes": [{"alg": "SHA-256", "content": component.sha256}],
    }
    if component.purl:
        entry["purl"] = component.purl
    if component.licence:
        entry["licenses"] = [{"license": {"name": component.licence}}]
    return entry


def _first_line(text: str | None) -> str:
    """A licence field is a name, or somebody put the whole text there."""
    line = (text or "").strip().split("\n")[0].strip()
    return line if len(line) <= 80 else ""
