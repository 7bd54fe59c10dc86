"""Figures of the link and of the node as a whole."""

from prometheus_client import Gauge

from edge_node.telemetry.metrics import registry


def _gauge(name: str, meaning: str, *labels: str) -> Gauge:
    return Gauge(f"edge_node_{name}", meaning, labels, registry=registry)


lag_facts = _gauge("uplink_lag_facts", "Facts the coordinator has not committed.")
oldest_unsent_seconds = _gauge("uplink_oldest_unsent_seconds", "Age of the oldest fact that waits here.")
link_up = _gauge("uplink_link_up", "1 while hub and coordinator answer.")
last_sequence = _gauge("uplink_last_sequence", "Newest fact of the journal.")
committed_sequence = _gauge("uplink_committed_sequence", "Newest fact the coordinator has.")
rewinds = _gauge("uplink_rewinds", "Times facts were sent again since the start.")
rolled_back = _gauge("uplink_journal_rolled_back", "1 while a journal that lost its end is sent again.")
process_up = _gauge("process_up", "1 while the process answers.", "process")
problem = _gauge("problem", "1 while the node's heartbeat names this problem.", "problem")
kits_ready = _gauge("kits_ready", "Interviews the node holds a kit for.")
heartbeat_sent = _gauge("heartbeat_sent_timestamp_seconds", "When the last heartbeat was sent, Unix time; 0 for never.")
clock_synchronised = _gauge(
    "clock_synchronised", "1 while the kernel knows the clock to be synchronised, 0 when not, -1 when it does not tell."
)
clock_error_seconds = _gauge("clock_error_max_seconds", "Largest error of the clock as the kernel knows it.")
credentials_end = _gauge(
    "link_credentials_expiry_timestamp_seconds", "When the link's credentials end, Unix time; 0 without any."
)
