"""Made-up interviews for the language bench: the same for every engine, from a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

Messages = tuple[tuple[str, str], ...]

SYSTEM = (
    "You interview for the job of warehouse planner. After each answer ask one short question that names one thing the "
    "candidate said and learns more about the competency asked for.\n"
    "Planning: orders work by what it needs and what depends on it, says what may wait, and checks the plan later.\n"
    "Problem solving: finds the cause before the remedy, weighs more than one way, tells how the result was known.\n"
    "Teamwork: says who did what, asks early, and settles a quarrel by what the task needs.\n"
    "Responsibility: names mistakes as their own, tells those concerned, and repairs what can be repaired.\n"
    "Never ask about age, family, faith, health or origin. Never repeat a question. Never promise anything."
)
"""Shared by all interviews of a job."""

QUESTIONS = (
    "Tell me about a plan that did not hold.",
    "How did you find the cause of a fault that came back?",
    "When did you last change your mind about a colleague's idea?",
    "What did you do when two orders were due at the same hour?",
    "Which mistake of yours taught you most?",
    "How do you decide what can wait until tomorrow?",
)

_WHO = ("the night shift", "my colleague", "the supplier", "our driver", "the new clerk", "the head of the store")
_DID = (
    "counted",
    "moved",
    "labelled",
    "checked",
    "returned",
    "wrote down",
    "sorted",
    "rebuilt",
    "called about",
    "priced",
)
_WHAT = ("the pallets", "the stock list", "the broken scanner", "two late orders", "the cold room", "the loading plan")
_WHEN = ("before the morning", "after the audit", "in the first week", "on a Friday", "without being asked", "twice")
_WHY = ("because the numbers did not agree", "so that nobody waited", "as the plan had a gap", "to see where it failed")


def answer(random_: random.Random, words: int) -> str:
    """About so many words somebody might say."""
    said: list[str] = []
    while len(said) < words:
        parts = (_WHO, _DID, _WHAT, _WHEN, _WHY)
        sentence = " ".join(random_.choice(part) for part in parts)
        said += f"{sentence[0].upper()}{sentence[1:]}.".split()
    return " ".join(said[:words])


@dataclass
class Talk:
    """One room's interview; it goes on turn by turn and keeps the last exchanges."""

    seed: int
    room: int
    answer_words: int = 60
    kept: int = 3
    """Exchanges in front of the present one, at the most."""

    _past: list[tuple[str, str]] = field(default_factory=list)
    _turns: int = 0

    @property
    def name(self) -> str:
        """Names the conversation."""
        return f"talk-{self.seed}-{self.room}"

    def next_turn(self) -> str:
        """The words of the next answer."""
        random_ = random.Random(self.seed * 1_000_003 + self.room * 1009 + self._turns)
        self._turns += 1
        question = QUESTIONS[(self._turns + self.room) % len(QUESTIONS)]
        words = answer(random_, self.answer_words)
        if len(self._past) > self.kept:
            # In one step, so that the beginning stays the same for several turns.
            del self._past[: len(self._past) // 2]
        self._past.append((question, words))
        return words

    def heard(self, words: int | None = None) -> Messages:
        """What the model reads once so many words of the present answer were heard; all of them for None."""
        messages = [("system", SYSTEM)]
        for index, (question, said) in enumerate(self._past):
            text = " ".join(said.split()[:words]) if index == len(self._past) - 1 else said
            if index:
                messages += [("assistant", question), ("user", f"Answer: {text}")]
            else:
                messages.append(("user", f"Question: {question}\nAnswer: {text}"))
        return tuple(messages)

    def partials(self, every_words: int) -> Iterator[int]:
        """How many words have been heard each time a caption comes."""
        yield from range(every_words, self.answer_words, every_words)


def story(seed: int, number: int) -> Messages:
    """A request whose answer does not end before its length."""
    random_ = random.Random(seed * 7919 + number)
    about = answer(random_, 25)
    return (("system", "You tell long stories."), ("user", f"Write a very long story that begins so: {about}"))


def rating(seed: int, number: int) -> Messages:
    """A request of a review: a page of answers to read, and a long text to write."""
    random_ = random.Random(seed * 104_729 + number)
    return (
        ("system", SYSTEM),
        ("user", f"Rate these answers, and give your reasons at length.\n{answer(random_, 250)}"),
    )
