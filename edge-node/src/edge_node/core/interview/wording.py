"""Sentences the interviewer always says the same way, in both languages."""

from edge_node.core.interview.plan import Kit
from edge_node.core.interview.reading import Reading

_LEAD_INS: dict[Reading, dict[str, tuple[str, str]]] = {
    Reading.REFUSAL: {
        "en": ("", "That is all right. Let us go on."),
        "ko": ("", "괜찮습니다. 다음으로 넘어가겠습니다."),
    },
    Reading.SILENCE: {
        "en": ("", "Let us go on with the next question."),
        "ko": ("", "다음 질문으로 넘어가겠습니다."),
    },
    Reading.UNHEARD: {
        "en": ("", "I am sorry, I could not hear the answer. A person will see that. Let us go on."),
        "ko": ("", "죄송합니다. 답변이 잘 들리지 않았습니다. 이 점은 담당자에게 전달됩니다. 이어서 여쭙겠습니다."),
    },
    Reading.REPEAT: {
        "en": ("", "Let us leave that question and go on."),
        "ko": ("", "이 질문은 여기까지 하고 다음으로 넘어가겠습니다."),
    },
    Reading.NONSENSE: {
        "en": ("I could not follow that. Let me ask in another way.", "I could not follow that. Let us go on."),
        "ko": (
            "말씀을 이해하지 못했습니다. 다른 방식으로 여쭙겠습니다.",
            "말씀을 이해하지 못했습니다. 이어서 여쭙겠습니다.",
        ),
    },
    Reading.OFF_TOPIC: {
        "en": ("Let us come back to the interview. I will ask once more.", "Let us come back to the interview."),
        "ko": ("면접 이야기로 돌아가겠습니다. 다시 한 번 여쭙겠습니다.", "면접 이야기로 돌아가겠습니다."),
    },
    Reading.HOSTILE: {
        "en": (
            "I would like to hear your answer. You may also stop at any time. I will ask once more.",
            "Let us go on with the interview. You may also stop at any time.",
        ),
        "ko": (
            "답변을 듣고 싶습니다. 원하시면 언제든지 그만두실 수 있습니다. 다시 한 번 여쭙겠습니다.",
            "면접을 이어서 진행하겠습니다. 원하시면 언제든지 그만두실 수 있습니다.",
        ),
    },
    Reading.ORDERS: {
        "en": (
            "I can only go by what you tell me of your work. I will ask once more.",
            "I can only go by what you tell me of your work. Let us go on.",
        ),
        "ko": (
            "저는 하신 일에 대한 말씀만 참고할 수 있습니다. 다시 한 번 여쭙겠습니다.",
            "저는 하신 일에 대한 말씀만 참고할 수 있습니다. 이어서 여쭙겠습니다.",
        ),
    },
    Reading.QUESTION: {
        "en": (
            "I cannot answer that myself. Your question is in the record, and a person will answer it.",
            "I cannot answer your question myself. It is in the record, and a person will answer it. Let us go on.",
        ),
        "ko": (
            "그 질문에는 제가 답변드릴 수 없습니다. 질문은 기록에 남으며, 담당자가 답변드립니다.",
            "질문에는 제가 답변드릴 수 없습니다. 기록에 남으며, 담당자가 답변드립니다. 이어서 여쭙겠습니다.",
        ),
    },
}
"""What is said after an answer that was none: asking once more or in another way, going on."""


def opening_words(kit: Kit) -> str:
    """Greeting with the notice that an AI speaks, in the kit's language; said before the first question."""
    if kit.language == "ko":
        return (
            f"안녕하세요, {kit.candidate_name} 님. 저는 {kit.company_name}의 {kit.job_title} 직무 면접을 진행하는 "
            "인공지능 면접관입니다. 질문을 듣고 편하게 말씀해 주세요. 합격 여부는 사람이 결정합니다."
        )
    return (
        f"Hello {kit.candidate_name}. I am an AI interviewer, and I will hold your interview for the role of "
        f"{kit.job_title} at {kit.company_name}. Take your time with each answer. A person makes every decision."
    )


def closing_words(kit: Kit) -> str:
    """Thanks and goodbye, in the kit's language; said after the last answer."""
    if kit.language == "ko":
        return (
            "오늘 시간 내어 이야기해 주셔서 감사합니다. 면접은 여기까지입니다. "
            "담당자가 내용을 검토한 뒤 연락드리겠습니다."
        )
    return (
        "Thank you for your time and your answers. That is the end of the interview. "
        "A person will review it and be in touch."
    )


def welcome_back_words(kit: Kit) -> str:
    """Said before the current question is repeated to a candidate who returned."""
    if kit.language == "ko":
        return "다시 오신 것을 환영합니다. 마지막 질문부터 이어서 진행하겠습니다."
    return "Welcome back. Let us go on from the last question."


def lead_in(reading: Reading | None, language: str, *, goes_on: bool) -> str:
    """Said before the next question after an answer read so; empty after a true answer.

    ``goes_on``: the plan's next question follows, not another try at the same.
    """
    known = _LEAD_INS.get(reading) if reading else None
    return known[language][goes_on] if known else ""


def go_on_words(kit: Kit) -> str:
    """Said once to a candidate who stopped in mid-sentence for long."""
    return "네, 계속 말씀해 주세요." if kit.language == "ko" else "Please go on. I am listening."


def one_moment_words(kit: Kit) -> str:
    """Said while the next question is late; judges nothing."""
    return "네, 잠시만 기다려 주세요." if kit.language == "ko" else "Thank you. One moment, please."
