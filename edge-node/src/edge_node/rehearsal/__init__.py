"""A scripted candidate who really joins a room over WebRTC."""
