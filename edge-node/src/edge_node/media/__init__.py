"""WebRTC: peers, audio in and out, the UDP port range. Only home of aiortc and av beside rehearsal."""
