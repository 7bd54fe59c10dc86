"""One request's tokens on their way through the context, and one row of a batch."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One token of a batch: its id, its position in its sequence, and whether logits are wanted after it."""

    token: int
    position: int
    sequence: int
    wants_logits: bool


@dataclass(eq=False)
class Job:
    """One request's tokens: the prompt, then what was generated."""

    number: int
    """Order of arrival."""

    urgency: int
    """Lower goes first."""

    prompt_tokens: int
    max_tokens: int
    """0 for a job that only reads its prompt into memory."""

    tokens: list[int]
    conversation: str = ""
    slot: "Slot | None" = None

    @property
    def key(self) -> str:
        """Whose memory this is: the conversation's, else the job's own."""
        return self.conversation or f"#{self.number}"

    @property
    def reads_only(self) -> bool:
        """Whether nothing is generated."""
        return self.max_tokens == 0

    @property
    def reserve(self) -> int:
        """Cells this job may need at the most."""
        return self.prompt_tokens + self.max_tokens

    @property
    def generated(self) -> int:
        """Tokens generated so far."""
        return len(self.tokens) - self.prompt_tokens

    @property
    def pending(self) -> int:
        """Tokens not decoded yet; only for a job with a slot."""
        assert self.slot is not None
        return len(self.tokens) - len(self.slot.decoded)

    @property
    def reusable(self) -> Sequence[int]:
        """What may be found in memory: the last token is decoded afresh where its logits start the answer."""
        return self.tokens if self.reads_only else self.tokens[:-1]


@dataclass(eq=False)
class Slot:
    """One sequence: the tokens it has decoded, the cells they lie in, and the job it works for."""

    sequence: int
    decoded: list[int] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    """Names of the cells of ``decoded``; a beginning copied from another slot lies in the same ones."""

    owner: str = ""
    """Key of the job whose tokens these are; empty when nobody comes back for them."""

    job: Job | None = None
    last_used: int = 0


def common(left: Sequence[int], right: Sequence[int]) -> int:
    """Length of the common beginning."""
    length, step = 0, min(len(left), len(right))
    while step:
        if left[length : length + step] == right[length : length + step]:
            length += step
            step = min(step, len(left) - length, len(right) - length)
        else:
            step //= 2
    return length
