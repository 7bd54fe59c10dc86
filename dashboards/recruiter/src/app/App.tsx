import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ApiError } from "@interview/api-client";
import { useState } from "react";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";
import { CandidateDetail } from "../features/candidates/CandidateDetail";
import { CandidateList } from "../features/candidates/CandidateList";
import { DeadLetterList } from "../features/dead-letters/DeadLetterList";
import { InterviewDetail } from "../features/interviews/InterviewDetail";
import { InterviewList } from "../features/interviews/InterviewList";
import { JobDetail } from "../features/jobs/JobDetail";
import { JobList } from "../features/jobs/JobList";
import { NewJobPage } from "../features/jobs/NewJobPage";
import { NewInterviewPage } from "../features/new-interview/NewInterviewPage";
import { Fleet } from "./Fleet";
import { NotFound } from "./NotFound";
import { Shell } from "./Shell";

const RETRIES = 2;

/** A refusal stays a refusal; only an unreachable or failing server is worth another try. */
function worthRetry(failures: number, error: Error): boolean {
  return failures < RETRIES && !(error instanceof ApiError && error.status >= 400 && error.status < 500);
}

export function App() {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: worthRetry, staleTime: 5_000 } } }));
  return (
    <QueryClientProvider client={client}>
      <BrowserRouter>
        <Routes>
          <Route element={<Shell />}>
            <Route index element={<Navigate to="/interviews" replace />} />
            <Route path="interviews" element={<InterviewList />} />
            <Route path="interviews/new" element={<NewInterviewPage />} />
            <Route path="interviews/:id" element={<InterviewDetail />} />
            <Route path="candidates" element={<CandidateList />} />
            <Route path="candidates/:id" element={<CandidateDetail />} />
            <Route path="jobs" element={<JobList />} />
            <Route path="jobs/new" element={<NewJobPage />} />
            <Route path="jobs/:id" element={<JobDetail />} />
            <Route path="nodes" element={<Fleet />} />
            <Route path="dead-letters" element={<DeadLetterList />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  );
}
