import { followEvents } from "@interview/api-client";
import type { PlaybookRun, SseEvent, StreamStatus } from "@interview/api-client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queries } from "../../shared/queries";
import { session } from "../../shared/session";

function parsed(data: string): PlaybookRun | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null && "results" in value ? (value as PlaybookRun) : null;
  } catch {
    return null;
  }
}

/** One run, kept current by the server's stream until it has ended. */
export function useLiveRun(id: string) {
  const client = useQueryClient();
  const query = useQuery(queries.playbookRun(id));
  const [stream, setStream] = useState<StreamStatus>("connecting");
  const status = query.data?.status;
  const open = status === "waiting" || status === "running";

  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    const { queryKey } = queries.playbookRun(id);
    const onEvent = ({ event, data }: SseEvent) => {
      if (event !== "changed") return;
      const run = parsed(data);
      if (run) client.setQueryData(queryKey, run);
      else void client.invalidateQueries({ queryKey });
    };
    void followEvents({
      url: `/api/playbooks/runs/${encodeURIComponent(id)}/events`,
      token: session.token,
      signal: stop.signal,
      onEvent,
      onStatus: (next) => {
        if (!stop.signal.aborted) setStream(next);
      },
      onUnauthorized: session.expire,
    });
    return () => {
      stop.abort();
      // Its end shows in the list and at the nodes, too.
      void client.invalidateQueries({ queryKey: queries.playbooks.queryKey });
      void client.invalidateQueries({ queryKey: queries.nodes.queryKey });
    };
  }, [client, open, id]);

  return { query, stream: open ? stream : null };
}
