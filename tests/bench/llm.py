"""The language service against llama.cpp's own server: tokens per second and first token, as ratios of one run."""

import argparse
import asyncio
import math
import signal
import statistics
import sys
from dataclasses import dataclass
from typing import Any

COUNTS = (1, 2, 4, 8)
TOKENS = 64
SEQUENCE_TOKENS = 2048
SHAPES_SEQUENCE_TOKENS = 4096
DECIDING = 8
"""Sequences at which the engines' speeds are compared; it gets three times the rounds, as one may be a third off."""

TERMINATED = 128 + signal.SIGTERM


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--long", action="store_true", help="16 sequences as well, and more rounds")
    parser.add_argument("--threads", type=int, default=1, help="processor threads of each engine (1)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="paired rounds for a number of sequences, thrice at 8 (3)"
    )
    parser.add_argument("--blocks", type=int, default=5, help="half minutes of spread turns, each side (5; 0: none)")
    parser.add_argument("--counts", type=int, nargs="+", help="numbers of sequences, the largest at least 8 (1 2 4 8)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--shape", default="", help="a generated model of this shape, e.g. exaone-7.8b")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Both engines up at once, asked in turn."""
    try:
        return asyncio.run(_until_told(options))
    except asyncio.CancelledError:
        raise SystemExit(TERMINATED) from None


async def _until_told(options: argparse.Namespace) -> dict[str, Any]:
    """Told to stop, it takes both engines with it."""
    work = asyncio.create_task(_run(options))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, work.cancel)
    return await work


async def _run(options: argparse.Namespace) -> dict[str, Any]:
    from edge_node.ports.failure import EngineError

    from bench import _engines, _llama_server, _models

    gpu_layers = -1 if options.device == "cuda" else 0
    if gpu_layers:
        _models.require_cuda()
    model = _models.prepared(options.shape)
    counts = tuple(options.counts or ((*COUNTS, 16) if options.long or options.shape else COUNTS))
    most = max(counts)
    context = most * (SHAPES_SEQUENCE_TOKENS if options.shape else SEQUENCE_TOKENS)
    sizes = {"threads": options.threads, "parallel": most, "context_tokens": context, "gpu_layers": gpu_layers}
    server = _llama_server.serving(model.path, **sizes)
    with server as (url, server_process_id):
        import httpx

        async with (
            _engines.ours(model.models_dir, profile=model.profile, **sizes) as service,
            # Kept connections are closed by the server when idle, at times under a request.
            httpx.AsyncClient(
                base_url=url, timeout=_engines.TIMEOUT_SECONDS, limits=httpx.Limits(max_keepalive_connections=0)
            ) as http,
        ):
            bench = _Bench(service, _engines.LlamaServer(http, server_process_id), options)
            try:
                await bench.warm_up()
                figures = await bench.compare(counts)
                if options.blocks:
                    figures |= await bench.live(min(DECIDING, most))
            except EngineError as error:
                raise SystemExit(f"the language service failed: {error}") from error
            figures["memory"] = _models.memory(service.process_id, model, most, context, gpu=bool(gpu_layers))
    return {"model": model.path.name, "device": options.device, "settings": sizes, **figures}


class _Bench:
    def __init__(self, service: Any, server: Any, options: argparse.Namespace) -> None:
        self._service = service
        self._server = server
        self._rounds = options.rounds * (2 if options.long else 1)
        self._blocks = options.blocks
        self._seed = options.seed
        self._numbers = iter(range(1, 1_000_000))

    async def warm_up(self) -> None:
        from bench import _talks

        for engine in (self._service, self._server):
            await engine.ask(_talks.story(self._seed, next(self._numbers)), 16)

    async def compare(self, counts: tuple[int, ...]) -> dict[str, Any]:
        """Both engines on the same requests, in turn."""
        from bench import _talks

        ours: dict[str, Any] = {}
        server: dict[str, Any] = {}
        throughput: dict[int, list[float]] = {}
        processor: dict[int, list[float]] = {}
        first: list[float] = []
        deciding = min(DECIDING, max(counts))
        for count in counts:
            mine, theirs = [], []
            for round_ in range(self._rounds * (3 if count == deciding else 1)):
                stories = [_talks.story(self._seed, next(self._numbers)) for _ in range(count)]
                # Whoever goes first finds the machine as the other left it, so they change places.
                pair = [(self._service, mine), (self._server, theirs)]
                for engine, speeds in pair if round_ % 2 else reversed(pair):
                    speeds.append(await _speed(engine, stories))
            throughput[count] = [one.rate / other.rate for one, other in zip(mine, theirs, strict=True)]
            processor[count] = [one.processor / other.processor for one, other in zip(mine, theirs, strict=True)]
            firsts = await self._firsts(count)
            ours[str(count)] = {
                **_speeds(mine),
                "first_token_ms": {name: _ms(firsts[name]) for name in ("early", "kept", "cold")},
            }
            server[str(count)] = {
                **_speeds(theirs),
                "first_token_ms": _ms(firsts["server"]),
            }
            first += [one / other for one, other in zip(firsts["early"], firsts["server"], strict=True)]
            _say(f"{count} sequences: {ours[str(count)]} against {server[str(count)]}")
        return {
            "ours": ours,
            "llama_server": server,
            "ratio_throughput": round(statistics.median(throughput[deciding]), 3),
            "ratio_throughput_by_sequences": {str(n): round(statistics.median(r), 3) for n, r in throughput.items()},
            "ratio_processor_time": round(statistics.median(processor[deciding]), 3),
            "ratio_first_token": round(statistics.median(first), 3),
        }

    async def _firsts(self, count: int) -> dict[str, list[float]]:
        """Seconds to the first token when ``count`` turns end at the same moment: means of the sequences by round."""
        from bench._talks import Talk

        found: dict[str, list[float]] = {"early": [], "server": [], "kept": [], "cold": []}
        for round_ in range(self._rounds):
            rooms = [next(self._numbers) for _ in range(count)]
            # The last two are there to explain the first, once.
            names = list(found) if round_ == 0 else ["server", "early"] if round_ % 2 else ["early", "server"]
            for name in names:
                engine = self._server if name == "server" else self._service
                if name == "kept":
                    # Other words: the service finds what it read ahead for the first, whoever asks.
                    rooms = [next(self._numbers) for _ in range(count)]
                found[name].append(await _first(engine, name, [Talk(self._seed, room) for room in rooms]))
        return found

    async def live(self, rooms: int) -> dict[str, Any]:
        """Rooms at their own times against one room, and one room with and without a review beside it."""
        from bench import _turns

        many, one, alone, beside = [], [], [], []
        talks, single = self._talks(rooms), self._talks(1)[0]
        turns = rooms
        for block in range(self._blocks):
            _say(f"spread turns: block {block + 1} of {self._blocks}")
            many += await _turns.spread(self._service, talks, self._seed + block)
            one += [await _turns.early_turn(self._service, single) for _ in range(turns)]
        for block in range(self._blocks):
            _say(f"a rating beside: block {block + 1} of {self._blocks}")
            alone += [await _turns.early_turn(self._service, single) for _ in range(turns)]
            async with _turns.review_beside(self._service, self._seed + block):
                beside += [await _turns.early_turn(self._service, single) for _ in range(turns)]
        return {
            "p95_8_to_1": round(_p95(many) / _p95(one), 3),
            "spread_first_token_ms": {
                "rooms": rooms,
                "turns": len(many),
                "p50": _ms(many),
                "p95": round(_p95(many) * 1000, 1),
                "one_room": {"turns": len(one), "p50": _ms(one), "p95": round(_p95(one) * 1000, 1)},
            },
            "rating_beside_ratio": round(statistics.median(beside) / statistics.median(alone), 3),
            "rating_beside_ms": {"alone": _ms(alone), "beside": _ms(beside), "turns": len(alone)},
        }

    def _talks(self, count: int) -> list[Any]:
        from bench._talks import Talk

        return [Talk(self._seed, next(self._numbers)) for _ in range(count)]


async def _speed(engine: Any, stories: list[Any]) -> "_Speed":
    """Generated tokens of all sequences together, a second, and the processor time of one."""
    from bench import _models

    used = _models.processor_seconds(engine.process_id)
    began = asyncio.get_running_loop().time()
    done = await asyncio.gather(*(engine.ask(one, TOKENS) for one in stories))
    tokens = sum(one.tokens for one in done)
    seconds = asyncio.get_running_loop().time() - began
    return _Speed(tokens / seconds, (_models.processor_seconds(engine.process_id) - used) / tokens, tokens)


async def _first(engine: Any, way: str, talks: list[Any]) -> float:
    """Mean seconds to the first token of the same turn of all talks; ``way``: early, kept, cold or server."""
    from bench import _turns

    for talk in talks:
        talk.next_turn()
    # The turn before: its memory is kept by whoever keeps it.
    await asyncio.gather(*(engine.ask(talk.heard(), 8, f"{way}-{talk.name}") for talk in talks))
    for talk in talks:
        talk.next_turn()
    if way == "early":
        for words in (*talks[0].partials(8), talks[0].answer_words - _turns.TAIL_WORDS):
            await asyncio.gather(*(engine.read_ahead(talk.heard(words), f"{way}-{talk.name}") for talk in talks))
    cold = way == "cold"
    asked = (
        engine.ask(_unlike(talk.heard(), talk.name) if cold else talk.heard(), 8, "" if cold else f"{way}-{talk.name}")
        for talk in talks
    )
    return statistics.mean(one.first_seconds for one in await asyncio.gather(*asked))


@dataclass(frozen=True)
class _Speed:
    rate: float
    """Tokens a second."""

    processor: float
    """Processor seconds of the engine for one token."""

    tokens: int


def _speeds(measured: list[_Speed]) -> dict[str, float]:
    return {
        "tokens_per_second": round(statistics.median(one.rate for one in measured), 1),
        "processor_ms_per_token": round(statistics.median(one.processor for one in measured) * 1000, 2),
        "tokens": sum(one.tokens for one in measured),
    }


def _unlike(messages: Any, name: str) -> Any:
    """The same length, with a beginning nobody else has."""
    (role, text), *rest = messages
    return ((role, f"{name}: {text}"), *rest)


def _ms(seconds: list[float]) -> float:
    return round(statistics.median(seconds) * 1000, 1)


def _p95(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(0.95 * len(ordered)) - 1)]


def _say(text: str) -> None:
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()
