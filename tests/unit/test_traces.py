"""Spans of turns and of calls of the language model: what they say, what they never say, and how much is kept."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from edge_node.ports.failure import EngineError
from edge_node.ports.language import DeadlineClass, Generation, Message, Piece
from edge_node.telemetry import traces
from edge_node.telemetry.metrics import registry
from edge_node.telemetry.trace_export import WAITING_MOST, Exporter
from edge_node.telemetry.traced_model import TracedModel

SAID = "I led the harbour project"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "traces"
    traces.configure(None, "none", "none", most_bytes=0, personal=False)


def configured(folder: Path, *, personal: bool = False, most_bytes: int = 1_000_000) -> traces.Tracer:
    return traces.configure(folder, "room", "node-1", most_bytes=most_bytes, personal=personal)


def spans(folder: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [span for line in lines for scope in line["resourceSpans"][0]["scopeSpans"] for span in scope["spans"]]


def attributes(span: dict[str, Any]) -> dict[str, Any]:
    """Plain values of OTLP's typed ones."""
    return {one["key"]: next(iter(one["value"].values())) for one in span["attributes"]}


class Scripted:
    """Answers with a text, or fails."""

    def __init__(self, failure: EngineError | None = None) -> None:
        self._failure = failure

    async def generate(self, _: Generation) -> AsyncIterator[Piece]:
        yield Piece("Why ")
        if self._failure:
            raise self._failure
        yield Piece("so?", True, "stop", 120, 7, "ab" * 32, 100)


def request(kind: DeadlineClass = DeadlineClass.LIVE) -> Generation:
    return Generation((Message("user", SAID),), 40, kind, 8.0, temperature=0.5, seed=3, conversation="interview-1")


def test_a_turn_gap_is_its_parts_end_to_end(folder: Path) -> None:
    configured(folder)
    parts = {"end_of_turn": 1200, "speech_to_text": 300, "next_question": 900, "text_to_speech": 100}
    traces.turn("interview-1", "t1", parts, ended_seconds_ago=2.0, attributes={"interview.question.kind": "follow_up"})
    whole, *pieces = spans(folder)
    assert [piece["name"] for piece in pieces] == list(parts)
    assert int(whole["endTimeUnixNano"]) - int(whole["startTimeUnixNano"]) == 2_500_000_000
    assert pieces[0]["startTimeUnixNano"] == whole["startTimeUnixNano"]
    assert pieces[-1]["endTimeUnixNano"] == whole["endTimeUnixNano"]
    assert all(piece["parentSpanId"] == whole["spanId"] for piece in pieces)
    assert {span["traceId"] for span in (whole, *pieces)} == {traces.trace_id("interview-1")}
    assert (len(whole["traceId"]), len(whole["spanId"])) == (32, 16)
    traces.interview("interview-1", 60_000, {})
    root = spans(folder)[-1]
    assert whole["parentSpanId"] == root["spanId"]
    assert "parentSpanId" not in root


async def test_a_call_of_the_model_says_what_it_was_and_nothing_of_what_was_said(folder: Path) -> None:
    configured(folder)
    with traces.about("interview-1", "t1"), traces.marked(**{"gen_ai.prompt.version": "follow-up-5"}):
        text = "".join([piece.text async for piece in TracedModel(Scripted(), "tiny").generate(request())])
    assert text == "Why so?"
    (span,) = spans(folder)
    told = attributes(span)
    assert span["name"] == "chat tiny"
    assert span["parentSpanId"] == traces.span_id("interview-1", "t1")
    assert told["gen_ai.operation.name"] == "chat"
    assert told["gen_ai.provider.name"] == "llama.cpp"
    assert told["gen_ai.prompt.version"] == "follow-up-5"
    assert told["gen_ai.request.model"] == "tiny"
    assert (told["gen_ai.usage.input_tokens"], told["gen_ai.usage.output_tokens"]) == ("120", "7")
    assert told["gen_ai.usage.cache_read.input_tokens"] == "100"
    assert told["gen_ai.response.finish_reasons"]["values"] == [{"stringValue": "stop"}]
    assert "status" not in span
    everything = "".join(path.read_text() for path in folder.iterdir())
    assert "harbour" not in everything
    assert "Why" not in everything


async def test_words_are_kept_in_marked_keys_where_the_operator_turned_them_on(folder: Path) -> None:
    configured(folder, personal=True)
    async for _ in TracedModel(Scripted(), "tiny").generate(request()):
        pass
    told = attributes(spans(folder)[0])
    assert SAID in told["pii_gen_ai.input.messages"]
    assert told["pii_gen_ai.output.messages"] == "Why so?"
    assert not any(SAID in str(value) for key, value in told.items() if not key.startswith("pii_"))


async def test_a_call_that_fails_or_is_left_is_an_error(folder: Path) -> None:
    configured(folder)
    with pytest.raises(EngineError):
        async for _ in TracedModel(Scripted(EngineError("late", SAID)), "tiny").generate(request()):
            pass
    left = TracedModel(Scripted(), "tiny").generate(request())
    await anext(left)
    await left.aclose()
    failed, cancelled = spans(folder)
    assert (failed["status"]["code"], attributes(failed)["error.type"]) == (2, "late")
    assert attributes(cancelled)["error.type"] == "cancelled"
    assert failed["parentSpanId"] == traces.span_id("interview-1"), "whose it is, the conversation says"
    assert "harbour" not in json.dumps([failed, cancelled])


async def test_reading_ahead_leaves_no_span(folder: Path) -> None:
    configured(folder)
    async for _ in TracedModel(Scripted(), "tiny").generate(request(DeadlineClass.AHEAD)):
        pass
    assert not folder.exists()


def test_what_is_kept_is_bounded(folder: Path) -> None:
    configured(folder, most_bytes=20_000)
    for number in range(200):
        traces.interview(f"interview-{number}", 1, {})
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert len(sizes) == 2
    assert sum(sizes) <= 20_000
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    newest = max(spans(folder), key=lambda span: int(span["endTimeUnixNano"]))
    assert attributes(newest)["interview.id"] == "interview-199"


def test_a_disk_that_takes_nothing_costs_the_trace_only(tmp_path: Path) -> None:
    (tmp_path / "traces").write_text("in the way")
    configured(tmp_path / "traces")
    traces.interview("interview-1", 1, {})


async def test_traces_are_posted_and_a_dead_endpoint_holds_nobody_up(folder: Path) -> None:
    posted: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            # The first one is refused: it is counted, and the next one goes out.
            self.send_response(503 if len(posted) == 1 else 200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Collector)
    Thread(target=server.serve_forever, daemon=True).start()
    exporter = Exporter(f"http://127.0.0.1:{server.server_port}/v1/traces", pause_seconds=0.01)
    configured(folder).listeners.append(exporter.offer)

    def count(result: str) -> float:
        return registry.get_sample_value("edge_node_trace_exports_total", {"result": result}) or 0.0

    before = {result: count(result) for result in ("sent", "failed", "dropped")}
    for number in range(WAITING_MOST + 3):
        traces.interview(f"interview-{number}", 1, {})
    assert count("dropped") - before["dropped"] == 3
    work = asyncio.create_task(exporter.run())
    try:
        async with asyncio.timeout(30):
            while len(posted) < WAITING_MOST:
                await asyncio.sleep(0.01)
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        server.shutdown()
        server.server_close()
    assert count("failed") - before["failed"] == 1
    assert json.loads(posted[1])["resourceSpans"][0]["scopeSpans"][0]["spans"][0]["name"] == "interview"
