import { queryOptions } from "@tanstack/react-query";
import { api } from "./api";

const LIST_REFRESH_MS = 10_000;
const COUNT_REFRESH_MS = 30_000;
/** Each fetch is a recorded look: not one more for every change of window. */
const LOOK_KEPT_MS = 60_000;

export const queries = {
  interviews: queryOptions({ queryKey: ["interviews"], queryFn: api.interviews, refetchInterval: LIST_REFRESH_MS }),
  interview: (id: string) => queryOptions({ queryKey: ["interview", id], queryFn: () => api.interview(id) }),
  integrity: (id: string) => queryOptions({ queryKey: ["integrity", id], queryFn: () => api.integrity(id), staleTime: LOOK_KEPT_MS }),
  jobs: queryOptions({ queryKey: ["jobs"], queryFn: api.jobs }),
  job: (id: string) => queryOptions({ queryKey: ["job", id], queryFn: () => api.job(id) }),
  jobTemplates: queryOptions({ queryKey: ["job-templates"], queryFn: api.jobTemplates, staleTime: Infinity }),
  companies: queryOptions({ queryKey: ["companies"], queryFn: api.companies }),
  candidates: queryOptions({ queryKey: ["candidates"], queryFn: api.candidates }),
  candidate: (id: string) => queryOptions({ queryKey: ["candidate", id], queryFn: () => api.candidate(id) }),
  deadLetters: queryOptions({ queryKey: ["dead-letters"], queryFn: api.deadLetters, refetchInterval: LIST_REFRESH_MS }),
  openDeadLetters: queryOptions({
    queryKey: ["dead-letters", "open"],
    queryFn: api.openDeadLetters,
    refetchInterval: COUNT_REFRESH_MS,
  }),
  playbooks: queryOptions({ queryKey: ["playbooks"], queryFn: api.playbooks, refetchInterval: LIST_REFRESH_MS }),
  playbookRun: (id: string) => queryOptions({ queryKey: ["playbook-run", id], queryFn: () => api.playbookRun(id) }),
  nodes: queryOptions({ queryKey: ["nodes"], queryFn: api.nodes, refetchInterval: LIST_REFRESH_MS }),
};
