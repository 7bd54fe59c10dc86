"""The language model: engine, service, client. Only home of llama.cpp on the node."""
