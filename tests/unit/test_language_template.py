"""Chat templates of both model families, and what they refuse."""

import pytest
from edge_node.language.template import BadMessages, ChatTemplate
from edge_node.ports.language import Message

CHATML = (
    "{% for message in messages %}"
    "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
EXAONE = (
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}"
    "{{ '[|system|][|endofturn|]\n' }}{% endif %}{{ '[|' + message['role'] + '|]' + message['content'] }}"
    "{% if message['role'] == 'user' %}{{ '\n' }}{% else %}{{ '[|endofturn|]\n' }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '[|assistant|]' }}{% endif %}"
)
TALK = (Message("system", "Be brief."), Message("user", "안녕하세요"))


def template(source: str) -> ChatTemplate:
    return ChatTemplate(source, begin="<s>", end="</s>")


def test_chatml() -> None:
    assert template(CHATML).render(TALK) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n안녕하세요<|im_end|>\n<|im_start|>assistant\n"
    )


def test_exaone_with_and_without_a_system_message() -> None:
    assert template(EXAONE).render(TALK) == "[|system|]Be brief.[|endofturn|]\n[|user|]안녕하세요\n[|assistant|]"
    assert template(EXAONE).render(TALK[1:]) == "[|system|][|endofturn|]\n[|user|]안녕하세요\n[|assistant|]"


def test_begin_and_end_are_the_models_own() -> None:
    assert template("{{ bos_token }}{{ messages[0].content }}{{ eos_token }}").render(TALK) == "<s>Be brief.</s>"


def test_a_template_cannot_reach_out_of_its_sandbox() -> None:
    with pytest.raises(BadMessages):
        template("{{ messages.__class__.__mro__ }}").render(TALK)


def test_a_template_may_refuse_messages() -> None:
    with pytest.raises(BadMessages, match="no system"):
        template("{{ raise_exception('no system') }}").render(TALK)


@pytest.mark.parametrize("messages", [(), (Message("tool", "x"),)])
def test_messages_without_a_known_role_are_refused(messages: tuple[Message, ...]) -> None:
    with pytest.raises(BadMessages):
        template(CHATML).render(messages)


@pytest.mark.parametrize("source", ["", "{% for %}"])
def test_a_model_without_a_usable_template_does_not_load(source: str) -> None:
    with pytest.raises(ValueError, match="template"):
        template(source)
