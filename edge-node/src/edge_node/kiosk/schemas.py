"""The bodies of the kiosk's requests and answers."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

LANGUAGES = ("en", "ko")


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class NodeView(_Body):
    """Who this machine is and whether it can hold an interview."""

    name: str
    ready: bool
    problems: list[str]
    rooms_free: int
    """Interviews that could be opened now."""

    languages: list[str]


class JoinRequest(_Body):
    """The code a candidate was given."""

    code: str = Field(min_length=1, max_length=64)


class InterviewView(_Body):
    """What a candidate may know of the interview before it begins."""

    id: str
    language: str
    company_name: str
    job_title: str
    candidate_name: str
    stages: int
    minutes: int


class JoinReply(_Body):
    """The token of the one who gave the code."""

    token: str
    interview: InterviewView
    notice_version: str
    recording: bool
    """Whether this node asks for consent to a recording."""

    emotion: bool
    """Whether this node asks for consent to a guess of what a face expresses."""


class LookView(_Body):
    """What could be better in a picture, the most telling first; empty for a good one."""

    hints: list[str]


class ConsentBody(_Body):
    """What the candidate agrees to."""

    purposes: list[Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")]] = Field(min_length=1, max_length=8)
    notice_version: str = Field(pattern=r"^[A-Za-z0-9._-]{1,32}$")


class OfferBody(_Body):
    """A WebRTC offer and what it carries."""

    sdp: str = Field(min_length=1, max_length=65_536)
    type: Literal["offer"]
    microphone: bool
    camera: bool


class AnswerView(_Body):
    """The WebRTC answer."""

    sdp: str
    type: Literal["answer"] = "answer"


class QuestionView(_Body):
    """The question that stands."""

    id: str
    text: str


class LineView(_Body):
    """Something said so far."""

    who: str
    """interviewer or candidate."""

    id: str
    text: str


class StateView(_Body):
    """Where the interview stands."""

    consented: bool
    closed: bool
    question: QuestionView | None
    stages_done: int
    stages_total: int
    recording: bool
    """Whether the candidate agreed to a recording, and this node records."""

    purposes: list[str]
    """What the candidate agreed to."""

    said: list[LineView]
    """The conversation so far, oldest first; empty once it is over."""
