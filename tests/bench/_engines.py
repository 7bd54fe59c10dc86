"""Both engines of the language bench behind one face: the product's service over its bus, and llama.cpp's server."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
from edge_node.bus.local import Bus, connect
from edge_node.language.client import LanguageClient
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, Message
from interview_proto import subjects
from provisioning.network import free_ports

from bench._talks import Messages

BIN = Path(sys.executable).parent
TIMEOUT_SECONDS = 120.0
START_SECONDS = 120.0


@dataclass(frozen=True)
class Timed:
    """One answered request. Seconds from the request; times in ``at`` are monotonic."""

    first_seconds: float
    seconds: float
    tokens: int
    prompt_tokens: int
    reused_tokens: int = 0
    text: str = ""


class Ours:
    """The language service of the product."""

    def __init__(self, client: LanguageClient, process_id: int) -> None:
        self._client = client
        self.process_id = process_id

    async def ask(
        self,
        messages: Messages,
        max_tokens: int,
        conversation: str = "",
        kind: DeadlineClass = DeadlineClass.LIVE,
        grammar: str = "",
    ) -> Timed:
        """One request, timed."""
        request = Generation(_wire(messages), max_tokens, kind, TIMEOUT_SECONDS, grammar, conversation=conversation)
        began = time.perf_counter()
        first, text = 0.0, ""
        async for piece in self._client.generate(request):
            if piece.text and not first:
                first = time.perf_counter() - began
            text += piece.text
            if piece.last:
                seconds = time.perf_counter() - began
                tokens = (piece.generated_tokens, piece.prompt_tokens, piece.reused_tokens)
                return Timed(first or seconds, seconds, *tokens, text)
        raise EngineError("internal", "no last piece")

    async def read_ahead(self, messages: Messages, conversation: str) -> Timed:
        """Have a prompt read that may still go on."""
        return await self.ask(messages, 0, conversation, DeadlineClass.AHEAD)


class LlamaServer:
    """llama.cpp's own server, asked as a chat."""

    def __init__(self, http: httpx.AsyncClient, process_id: int) -> None:
        self._http = http
        self.process_id = process_id

    async def ask(self, messages: Messages, max_tokens: int, conversation: str = "") -> Timed:
        """One request, timed; the server finds the conversation's memory by itself."""
        body = {
            "messages": [{"role": role, "content": text} for role, text in messages],
            "max_tokens": max_tokens,
            "temperature": 0,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        began = time.perf_counter()
        first, text, usage = 0.0, "", {"completion_tokens": 0, "prompt_tokens": 0}
        async with self._http.stream("POST", "/v1/chat/completions", json=body) as reply:
            reply.raise_for_status()
            async for line in reply.aiter_lines():
                if not line.startswith("data: {"):
                    continue
                event = json.loads(line[6:])
                usage = event.get("usage") or usage
                for choice in event.get("choices", ()):
                    piece = choice["delta"].get("content") or ""
                    if piece and not first:
                        first = time.perf_counter() - began
                    text += piece
        seconds = time.perf_counter() - began
        return Timed(first or seconds, seconds, usage["completion_tokens"], usage["prompt_tokens"], 0, text)


def _wire(messages: Messages) -> tuple[Message, ...]:
    return tuple(Message(role, text) for role, text in messages)


@contextlib.asynccontextmanager
async def ours(
    models_dir: Path,
    *,
    threads: int,
    parallel: int,
    context_tokens: int,
    gpu_layers: int = 0,
    profile: str = "starter",
) -> AsyncIterator[Ours]:
    """The running service, with a server of its own to be asked over."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch, contextlib.ExitStack() as running:
        port = free_ports(1)[0]
        config = Path(scratch) / "nats.conf"
        config.write_text(f'listen: "127.0.0.1:{port}"\nmax_payload: 8MB\n')
        nats = subprocess.Popen([str(BIN / "nats-server"), "-c", str(config)], stderr=subprocess.DEVNULL)
        running.callback(_stop, nats)
        url = f"nats://127.0.0.1:{port}"
        environment = {
            "EDGE_NODE_NATS_URL": url,
            "EDGE_NODE_MODELS_DIR": str(models_dir),
            "EDGE_NODE_MODEL_PROFILE": profile,
            "EDGE_NODE_LANGUAGE__THREADS": str(threads),
            "EDGE_NODE_LANGUAGE__SEQUENCES": str(parallel),
            "EDGE_NODE_LANGUAGE__CONTEXT_TOKENS": str(context_tokens),
            "EDGE_NODE_LANGUAGE__GPU_LAYERS": str(gpu_layers),
        }
        process = start_language(environment, Path(scratch) / "log")
        running.callback(_stop, process)
        bus = await connect(url, process="bench", token="")
        try:
            await until_healthy(bus, process)
            yield Ours(LanguageClient(bus), process.pid)
        finally:
            await bus.close()


def start_language(environment: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    """An ``edge-node language`` process."""
    with log.open("ab") as kept:
        argv = [str(BIN / "edge-node"), "language"]
        return subprocess.Popen(argv, env={**os.environ, **environment}, stdout=kept, stderr=kept)


async def until_healthy(bus: Bus, process: "subprocess.Popen[bytes]") -> None:
    """Return once the service answers. Raises SystemExit when it ends or does not come up."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"the language process ended with status {process.returncode}")
        with contextlib.suppress(EngineError):
            await bus.request(subjects.health("language"), b"", timeout_seconds=1)
            return
        await asyncio.sleep(0.1)
    raise SystemExit("the language process did not come up")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
