"""What an SDP says, as text: candidates counted, left out or rewritten."""

import re

LONGEST_OFFER = 65_536
"""Characters; a browser's offer has about 5,000."""

_CANDIDATE = re.compile(r"^a=candidate:.*$", re.MULTILINE)
_HOST_CANDIDATE = re.compile(r"^(a=candidate:\S+ \d+ udp \d+ )\d+\.\d+\.\d+\.\d+( \d+ typ host)", re.MULTILINE)
_CONNECTION = re.compile(r"^(c=IN IP4 )(?!0\.0\.0\.0)\S+", re.MULTILINE)


def candidates(sdp: str) -> int:
    """How many ICE candidates ``sdp`` names."""
    return len(_CANDIDATE.findall(sdp))


def without_hidden_hosts(sdp: str) -> str:
    """``sdp`` without multicast-DNS candidates (``*.local``).

    Resolving them would open UDP 5353 on every interface; the page's own checks reveal its address anyway. The
    end-of-candidates mark goes too, so that we wait for those checks.
    """
    lines = re.split(r"\r?\n", sdp)
    kept = [line for line in lines if not (line.startswith("a=candidate:") and ".local " in line)]
    if len(kept) != len(lines):
        kept = [line for line in kept if line.strip() != "a=end-of-candidates"]
    return "\r\n".join(kept)


def advertise(sdp: str, host: str) -> str:
    """``sdp`` with every IPv4 host address replaced by ``host`` (1:1 NAT); unchanged for an empty host."""
    if not host:
        return sdp
    return _CONNECTION.sub(rf"\g<1>{host}", _HOST_CANDIDATE.sub(rf"\g<1>{host}\g<2>", sdp))
