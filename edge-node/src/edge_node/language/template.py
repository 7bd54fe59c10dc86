"""A model's own chat template, from its metadata, rendered in a sandbox."""

from collections.abc import Sequence
from typing import NoReturn

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from edge_node.ports.language import Message

ROLES = frozenset({"system", "user", "assistant"})


class BadMessages(ValueError):
    """These messages have no place in this model's template."""


def _refuse(reason: str) -> NoReturn:
    raise TemplateError(reason)


class ChatTemplate:
    """Turns messages into the text a model was trained on. Raises ValueError for a template that does not compile."""

    def __init__(self, source: str, *, begin: str, end: str) -> None:
        if not source:
            raise ValueError("the model file has no chat template")
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
        environment.globals["raise_exception"] = _refuse
        try:
            self._template = environment.from_string(source)
        except TemplateError as error:
            raise ValueError(f"chat template: {error}") from error
        self._begin = begin
        self._end = end

    def render(self, messages: Sequence[Message]) -> str:
        """The prompt up to where the assistant speaks. Raises BadMessages."""
        if not messages or any(message.role not in ROLES for message in messages):
            raise BadMessages("messages need a role of system, user or assistant")
        spoken = [{"role": message.role, "content": message.text} for message in messages]
        try:
            return self._template.render(
                messages=spoken, add_generation_prompt=True, bos_token=self._begin, eos_token=self._end
            )
        except TemplateError as error:
            raise BadMessages(str(error)) from error

    def render_begun(self, messages: Sequence[Message]) -> str:
        """The prompt up to the end of the last message's text, which may still go on. Raises BadMessages."""
        whole = self.render(messages)
        text = messages[-1].text.strip()
        found = whole.rfind(text)
        return whole[: found + len(text)] if text and found >= 0 else ""
