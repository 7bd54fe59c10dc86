"""What is printed, mark by mark: characters, frames, strokes, print on its side, and what nobody sees. Pure."""
