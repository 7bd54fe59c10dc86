export interface SseEvent {
  event: string;
  data: string;
}

/** Reads `text/event-stream` piece by piece; a piece may end anywhere, also inside a line break. */
export class SseParser {
  #rest = "";
  #event = "";
  #data: string[] = [];

  /** The events completed by `text`. */
  push(text: string): SseEvent[] {
    this.#rest += text;
    const events: SseEvent[] = [];
    for (let line = this.#takeLine(); line !== null; line = this.#takeLine()) {
      const event = this.#read(line);
      if (event) events.push(event);
    }
    return events;
  }

  #takeLine(): string | null {
    const end = this.#rest.search(/[\r\n]/);
    // A carriage return at the very end may be the first half of a line break.
    if (end < 0 || (this.#rest[end] === "\r" && end === this.#rest.length - 1)) return null;
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + (this.#rest.startsWith("\r\n", end) ? 2 : 1));
    return line;
  }

  #read(line: string): SseEvent | null {
    if (line === "") return this.#finish();
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#event = value;
    if (field === "data") this.#data.push(value);
    return null;
  }

  #finish(): SseEvent | null {
    const event = this.#data.length === 0 ? null : { event: this.#event || "message", data: this.#data.join("\n") };
    this.#event = "";
    this.#data = [];
    return event;
  }
}
