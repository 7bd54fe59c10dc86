import { followEvents } from "@interview/api-client";
import type { Interview, SseEvent, StreamStatus } from "@interview/api-client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queries } from "../../shared/queries";
import { session } from "../../shared/session";

function isInterview(value: unknown): value is Interview {
  return typeof value === "object" && value !== null && "interview_id" in value && "transcript" in value;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

/** The interview, kept current by the server's stream until its review is done. */
export function useLiveInterview(id: string) {
  const client = useQueryClient();
  const query = useQuery(queries.interview(id));
  const [stream, setStream] = useState<StreamStatus>("connecting");
  const status = query.data?.status;
  const growing = status !== undefined && status !== "reviewed";

  useEffect(() => {
    if (!growing) return;
    const stop = new AbortController();
    const { queryKey } = queries.interview(id);
    const onEvent = ({ event, data }: SseEvent) => {
      if (event !== "changed") return;
      const value = parsed(data);
      if (isInterview(value)) client.setQueryData(queryKey, value);
      else void client.invalidateQueries({ queryKey });
    };
    const onStatus = (next: StreamStatus) => {
      if (!stop.signal.aborted) setStream(next);
    };
    void followEvents({
      url: `/api/interviews/${encodeURIComponent(id)}/events`,
      token: session.token,
      signal: stop.signal,
      onEvent,
      onStatus,
      onUnauthorized: session.expire,
    });
    return () => stop.abort();
  }, [client, growing, id]);

  return { query, stream: growing ? stream : null };
}
