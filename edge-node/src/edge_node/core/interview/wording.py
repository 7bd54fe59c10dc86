"""Sentences the interviewer always says the same way, in both languages."""

from edge_node.core.interview.plan import Kit


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
