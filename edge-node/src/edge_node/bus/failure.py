"""Headers of a request and its replies, a failure as it travels in them, and where a request is given up."""

from nats.aio.msg import Msg

from edge_node.ports.failure import EngineError

END_HEADER = "Bus-End"
CANCEL_HEADER = "Bus-Cancel"
"""The name under which a request is given up."""

CANCELS = "bus.cancel"
"""Where names of requests go whose caller no longer waits."""

FAILURE_HEADER = "Bus-Failure"


def raise_failure(message: Msg) -> None:
    """Raise the EngineError a reply carries, if it carries one."""
    failure = (message.headers or {}).get(FAILURE_HEADER)
    if failure:
        code, _, detail = failure.partition(" ")
        raise EngineError(code, detail)


def failure_headers(error: EngineError) -> dict[str, str]:
    """Headers of a reply that ends a request with ``error``."""
    detail = " ".join(error.detail.split())[:200]
    return {FAILURE_HEADER: f"{error.code} {detail}".strip(), END_HEADER: "1"}
