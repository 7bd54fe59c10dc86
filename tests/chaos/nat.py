"""Two browsers in two networks, each and the node behind 1:1 NAT, interviewed at once while the node's link flaps.

Three network namespaces around a router that rewrites every address one to one (nftables) and lets nobody reach a
private one. The node's room process and kiosk are the product's; its heavy engines are stand-ins (``bench._standins``).
Each browser is a Chromium with a fake microphone and camera that holds its interview to the end. Needs root, ip,
nft and chromium.
"""

import argparse
from typing import Any

FLAPS, FLAP_SECONDS, BETWEEN_SECONDS = 2, 5.0, 12.0


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Both interviews; ``ok`` when both end as they should and no other UDP port was ever asked for."""
    del options
    from chaos import _nat

    return _nat.run(FLAPS, FLAP_SECONDS, BETWEEN_SECONDS)
