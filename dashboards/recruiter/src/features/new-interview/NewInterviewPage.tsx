import type { CreatedInterview } from "@interview/api-client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "../../shared/api";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { JoinCodePanel } from "../../shared/JoinCodePanel";
import { Page } from "../../shared/Page";
import { queries } from "../../shared/queries";
import { ChooseCandidate } from "./ChooseCandidate";
import { ChooseJob } from "./ChooseJob";
import { ChooseNode } from "./ChooseNode";

/** What has been chosen so far; "" where nothing has. */
interface Choice {
  job_id: string;
  candidate_id: string;
  node_id: string;
}

export function NewInterviewPage() {
  const { t } = useI18n();
  const [parameters] = useSearchParams();
  const client = useQueryClient();
  const [choice, setChoice] = useState<Choice>({
    job_id: parameters.get("job") ?? "",
    candidate_id: parameters.get("candidate") ?? "",
    node_id: "",
  });
  const creation = useMutation({
    mutationFn: api.createInterview,
    onSuccess: () => void client.invalidateQueries({ queryKey: queries.interviews.queryKey }),
  });
  const complete = choice.job_id !== "" && choice.candidate_id !== "" && choice.node_id !== "";
  const choose = (part: Partial<Choice>) => setChoice((now) => ({ ...now, ...part }));

  if (creation.data) return <CreatedPage created={creation.data} />;
  return (
    <Page title={t("interviews.new")}>
      <ChooseJob value={choice.job_id} onChoose={(job_id) => choose({ job_id })} />
      <ChooseCandidate value={choice.candidate_id} onChoose={(candidate_id) => choose({ candidate_id })} />
      <ChooseNode value={choice.node_id} onChoose={(node_id) => choose({ node_id })} />
      <div className="stack">
        <div role="alert">{creation.isError && <p className="message bad">{errorText(t, creation.error)}</p>}</div>
        <div className="row">
          <button
            type="button"
            className="button primary"
            disabled={!complete || creation.isPending}
            onClick={() => creation.mutate(choice)}
          >
            {creation.isPending ? t("create.busy") : t("create.submit")}
          </button>
          {!complete && <span className="quiet">{t("create.incomplete")}</span>}
        </div>
      </div>
    </Page>
  );
}

function CreatedPage({ created }: { created: CreatedInterview }) {
  const { t } = useI18n();
  const listed = useQuery(queries.interviews).data?.find(({ interview_id }) => interview_id === created.interview_id);
  const used = listed !== undefined && listed.status !== "scheduled";
  return (
    <Page title={t("create.done")}>
      {used ? (
        <p role="status" className="message">
          {t("code.used")}
        </p>
      ) : (
        <JoinCodePanel code={created.join_code} expires={created.join_code_expires_at} roomUrl={created.room_url} />
      )}
      <p>
        <Link to={`/interviews/${created.interview_id}`}>{t("create.open")}</Link>
      </p>
    </Page>
  );
}
