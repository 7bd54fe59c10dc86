"""Who the scripted candidate is: answers by keyword, and habits. One TOML file each."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

PAUSE = "[pause]"
PACKAGED = Path(__file__).parent / "personas"


class PersonaError(ValueError):
    """A persona file that cannot be played; the message says why."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(_Part):
    """A text, and the words of a question it answers. ``[pause]`` inside stands for a moment's thought."""

    keywords: tuple[str, ...] = ()
    text: str = Field(min_length=1, max_length=1000)

    @property
    def script(self) -> str:
        """The text as it is to be heard."""
        return " ".join(self.text.replace(PAUSE, " ").split())

    @property
    def pauses(self) -> tuple[float, ...]:
        """Where the pauses stand, as shares of the text, [0, 1]."""
        parts = self.text.split(PAUSE)
        total = max(1, sum(map(len, parts)))
        return tuple(sum(map(len, parts[: n + 1])) / total for n in range(len(parts) - 1))


class Habits(_Part):
    """What the candidate does beside answering. Questions count from 1 in the order they are asked; 0 is never."""

    pause_seconds: float = Field(1.2, ge=0, le=5)
    interrupt_question: int = Field(0, ge=0)
    reconnect_before_question: int = Field(0, ge=0)
    typed_question: int = Field(0, ge=0)
    camera: bool = True
    recording: bool = False
    """Whether they agree to a recording where they are asked for one."""

    picture: str = ""
    """An image file, beside the persona file; empty for a moving pattern."""


class Persona(_Part):
    """A made-up person."""

    name: str = Field(min_length=1)
    language: Literal["en", "ko"]
    planned: tuple[Answer, ...] = Field(min_length=1)
    follow_ups: tuple[Answer, ...] = Field(min_length=1)
    habits: Habits = Habits()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Everything the person can say."""
        return (*self.planned, *self.follow_ups)


def load(name: str) -> Persona:
    """The persona in a file, or of the package by its name; raises PersonaError."""
    packaged = PACKAGED / f"{name}.toml"
    path = packaged if re.fullmatch(r"[a-z0-9_]+", name) and packaged.is_file() else Path(name)
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text())
        persona = Persona.model_validate(values)
    except OSError as error:
        known = ", ".join(sorted(file.stem for file in PACKAGED.glob("*.toml")))
        raise PersonaError(f"no persona {name!r}: {error.strerror}; the package has: {known}") from error
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise PersonaError(f"{path}: {error}") from error
    if persona.habits.picture:
        picture = (path.parent / persona.habits.picture).resolve()
        if not picture.is_file():
            raise PersonaError(f"{path}: there is no picture {picture}")
        return persona.model_copy(update={"habits": persona.habits.model_copy(update={"picture": str(picture)})})
    return persona


def with_habits(persona: Persona, changes: Mapping[str, str]) -> Persona:
    """``persona`` with other habits, by field name; raises PersonaError for what is no habit."""
    try:
        habits = Habits.model_validate({**persona.habits.model_dump(), **changes})
    except ValidationError as error:
        raise PersonaError(f"habits: {error}") from error
    return persona.model_copy(update={"habits": habits})


@dataclass
class AnswerBook:
    """Chooses answers: the least used first; among them the one whose keywords match best; else in file order."""

    persona: Persona
    _used: Counter[str] = field(default_factory=Counter)
    _given: dict[str, Answer] = field(default_factory=dict)

    def answer(self, question_id: str, text: str, kind: str) -> Answer:
        """The answer to a question; the same again when the same question comes again."""
        if question_id in self._given:
            return self._given[question_id]
        pool = self.persona.follow_ups if kind in ("follow_up", "fallback") else self.persona.planned
        words = text.casefold()
        chosen = max(pool, key=lambda answer: (-self._used[answer.text], _matches(answer, words)))
        self._used[chosen.text] += 1
        self._given[question_id] = chosen
        return chosen


def _matches(answer: Answer, words: str) -> int:
    return sum(keyword.casefold() in words for keyword in answer.keywords)
