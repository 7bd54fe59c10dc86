"""The manifest: every weight file the product can use, as one validated tree. The data is ``manifest.toml``."""

import hashlib
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from edge_node.models import converters, sources

Role = Literal["language", "stt", "tts", "vad", "end_of_turn", "face", "emotion", "embedding"]
Profile = Literal["starter", "production"]
ROLES: tuple[Role, ...] = ("language", "stt", "tts", "vad", "end_of_turn", "face", "emotion", "embedding")
PROFILES: tuple[Profile, ...] = ("starter", "production")

_SHA256 = r"^([0-9a-f]{64})?$"


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Licence(_Node):
    """Terms a weight file comes under."""

    name: str = Field(min_length=1)
    url: str = Field("", description="Where the full text is.")
    accept: bool = Field(False, description="Whether the operator must accept it by name.")
    note: str = ""


class SourceFile(_Node):
    """One file to fetch, and the sha256 of the archive it comes in (or of the file itself, for a URL)."""

    origin: str
    sha256: str = Field("", pattern=_SHA256)
    size: int = Field(0, ge=0, description="Bytes to fetch; 0 when unknown.")

    @property
    def parsed(self) -> sources.Source:
        """The origin, taken apart."""
        return sources.parse(self.origin)

    @model_validator(mode="after")
    def _is_a_source(self) -> Self:
        parsed = self.parsed
        if isinstance(parsed, sources.PackageSource) and not self.sha256:
            raise ValueError(f"a package needs its sha256: {self.origin}")
        return self


class Packaged(_Node):
    """Weights that an installed package carries; nothing is fetched."""

    package: str
    path: str


class Model(_Node):
    """One weight file, ready to load."""

    profile: Profile
    role: Role
    name: str = Field(pattern=r"^[A-Za-z0-9._-]+$")
    languages: tuple[str, ...] = Field((), description="BCP 47 primary tags; empty: all.")
    licence: str
    file: str = Field("", pattern=r"^[A-Za-z0-9._-]*$", description="Name in the models folder.")
    size: int = Field(0, ge=0, description="Bytes of the ready file; 0 when unknown.")
    sha256: str = Field("", pattern=_SHA256, description="Of the ready file; empty when unknown.")
    converter: str = "as_is"
    sources: tuple[SourceFile, ...] = ()
    packaged: Packaged | None = None
    pull: Literal["always", "role", "name"] = Field(
        "always", description="Fetched with its profile, or only when its role or its name is asked for."
    )
    bring_your_own: bool = Field(False, description="The operator puts the file in place; there is no source.")
    options: dict[str, str] = Field(default_factory=dict, description="What the engine must know of this file.")
    note: str = ""

    @field_validator("converter")
    @classmethod
    def _known_converter(cls, value: str) -> str:
        if value not in converters.NAMES:
            raise ValueError(f"unknown converter {value!r}; one of {', '.join(converters.NAMES)}")
        return value

    @model_validator(mode="after")
    def _has_one_origin(self) -> Self:
        if (bool(self.sources) + (self.packaged is not None) + self.bring_your_own) != 1:
            raise ValueError(f"{self.name}: name sources, or a package that carries it, or bring_your_own")
        if self.packaged is None and not self.file:
            raise ValueError(f"{self.name}: name its file in the models folder")
        if self.converter == "as_is" and len(self.sources) > 1:
            raise ValueError(f"{self.name}: several sources need a converter")
        return self

    def serves(self, language: str | None) -> bool:
        """Whether this model can be used for ``language``; None asks for any."""
        return language is None or not self.languages or language in self.languages

    @property
    def recipe(self) -> str:
        """Identity of how the file is made; a file made by another recipe is made again."""
        parts = (self.converter, self.sha256, *(f"{source.origin} {source.sha256}" for source in self.sources))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


class Manifest(_Node):
    """Every model of every profile."""

    licences: dict[str, Licence]
    models: tuple[Model, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names: set[tuple[str, str]] = set()
        files: dict[str, str] = {}
        for model in self.models:
            if model.licence not in self.licences:
                raise ValueError(f"{model.name}: unknown licence {model.licence!r}")
            if (model.profile, model.name) in names:
                raise ValueError(f"{model.name} is in profile {model.profile} twice")
            names.add((model.profile, model.name))
            if model.file and files.setdefault(model.file, model.name) != model.name:
                raise ValueError(f"{model.file} belongs to {files[model.file]} and to {model.name}")
        return self

    def select(
        self, profile: str, *, role: str | None = None, language: str | None = None, name: str | None = None
    ) -> Iterator[Model]:
        """Models of a profile that match what is given, in the manifest's order (preferred first)."""
        for model in self.models:
            if (
                model.profile == profile
                and role in (None, model.role)
                and name in (None, model.name)
                and model.serves(language)
            ):
                yield model


def load(path: Path | None = None) -> Manifest:
    """The packaged manifest, or the one at ``path``; raises pydantic.ValidationError with every fault at once."""
    text = path.read_text() if path else (resources.files("edge_node.models") / "manifest.toml").read_text()
    return Manifest.model_validate(tomllib.loads(text))
