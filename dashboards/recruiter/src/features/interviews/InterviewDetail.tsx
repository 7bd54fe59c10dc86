import type { Interview } from "@interview/api-client";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useParams } from "react-router";
import { useI18n } from "../../shared/i18n";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { queries } from "../../shared/queries";
import { StatusBadge } from "../../shared/StatusBadge";
import { knownText } from "../../shared/known-text";
import { useFormat } from "../../shared/use-format";
import { Arrival } from "./Arrival";
import { Assessment } from "./Assessment";
import { EngineFacts } from "./EngineFacts";
import { Integrity } from "./Integrity";
import styles from "./InterviewDetail.module.css";
import { LiveBadge } from "./LiveBadge";
import { PlayableContext, playableOf } from "./playable";
import { NewJoinCode } from "./NewJoinCode";
import { Transcript } from "./Transcript";
import type { QuoteChoice } from "./Transcript";
import { useLiveInterview } from "./use-live-interview";

export function InterviewDetail() {
  const { id = "" } = useParams();
  const { query, stream } = useLiveInterview(id);
  return <Loaded query={query}>{(interview) => <Detail interview={interview} live={<LiveBadge stream={stream} />} />}</Loaded>;
}

function Detail({ interview, live }: { interview: Interview; live: ReactNode }) {
  const { t } = useI18n();
  const format = useFormat();
  const [quote, setQuote] = useState<QuoteChoice | null>(null);
  const node = useQuery(queries.nodes).data?.find(({ node_id }) => node_id === interview.node_id);
  const playable = useMemo(() => playableOf(interview), [interview]);
  const facts = [
    [t("interviews.job"), `${interview.job_title}, ${interview.company_name}`],
    [t("interviews.node"), node?.display_name ?? interview.node_id],
    [t("language"), knownText(t, "language", interview.language)],
    [t("created"), format.date(interview.created_at)],
    ...(interview.opened_at ? [[t("interviews.opened"), format.date(interview.opened_at)] as const] : []),
    ...(interview.closed_at ? [[t("interviews.closed"), format.date(interview.closed_at)] as const] : []),
  ] as const;
  const joinable = interview.status === "scheduled" || interview.status === "open" || interview.status === "running";
  return (
    <Page title={interview.candidate_name} actions={live}>
      <div className="card stack">
        <div className="row">
          <StatusBadge status={interview.status} />
          {interview.close_reason && <span className="quiet">{knownText(t, "closed", interview.close_reason)}</span>}
        </div>
        <dl className={styles.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt className="quiet small">{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Arrival interview={interview} />
        {joinable && <NewJoinCode interview={interview} />}
      </div>
      <PlayableContext value={playable}>
        <div className={styles.columns}>
          <Transcript interview={interview} selected={quote} />
          <Assessment interview={interview} selected={quote?.id ?? null} onQuote={(id) => setQuote({ id })} />
        </div>
      </PlayableContext>
      <Integrity interviewId={interview.interview_id} />
      <EngineFacts interview={interview} />
    </Page>
  );
}
