"""The node's own NATS: request, stream, serve, each with a deadline."""
