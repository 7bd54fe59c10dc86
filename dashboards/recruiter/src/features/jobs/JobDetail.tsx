import type { Job } from "@interview/api-client";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { queries } from "../../shared/queries";
import styles from "./Jobs.module.css";

export function JobDetail() {
  const { id = "" } = useParams();
  const query = useQuery(queries.job(id));
  return <Loaded query={query}>{(job) => <Detail job={job} />}</Loaded>;
}

function Detail({ job }: { job: Job }) {
  const { t } = useI18n();
  const nameOf = (id: string | null | undefined) => job.competencies.find((each) => each.id === id)?.name;
  return (
    <Page
      title={job.title}
      actions={
        <Link className="button primary" to={`/interviews/new?job=${job.id}`}>
          {t("interviews.new")}
        </Link>
      }
    >
      <p className="quiet">{[job.company_name, job.family, knownText(t, "language", job.language)].filter(Boolean).join(" · ")}</p>
      {job.description && <TextCard title={t("jobs.description")} text={job.description} />}
      {job.ideal && <TextCard title={t("jobs.ideal")} text={job.ideal} />}
      <section className="stack" aria-labelledby="stages">
        <h2 id="stages">{t("jobs.stages")}</h2>
        {job.stages.map((stage) => (
          <article key={stage.id} className="card stack tight">
            <div className="row between">
              <h3>{stage.title}</h3>
              {nameOf(stage.competency_id) && <span className="badge info">{nameOf(stage.competency_id)}</span>}
            </div>
            <p className="quiet small">
              {t("jobs.stageFacts", { depth: stage.follow_up_depth, minutes: Math.round(stage.time_budget_seconds / 60) })}
            </p>
            <ul className={styles.questions}>
              {stage.questions.map((question) => (
                <li key={question.id}>{question.text}</li>
              ))}
            </ul>
          </article>
        ))}
      </section>
      <section className="stack" aria-labelledby="competencies">
        <h2 id="competencies">{t("jobs.competencies")}</h2>
        {job.competencies.map((competency) => (
          <article key={competency.id} className="card stack tight">
            <h3>{competency.name}</h3>
            <p className="quiet">{competency.definition}</p>
            {typeof competency.weight === "number" && <p className="quiet small">{t("rating.weight", { percent: competency.weight })}</p>}
            <dl className={styles.anchors}>
              {(competency.anchors ?? []).map((anchor) => (
                <div key={anchor.level}>
                  <dt>{anchor.level}</dt>
                  <dd>{anchor.text}</dd>
                </div>
              ))}
            </dl>
          </article>
        ))}
      </section>
    </Page>
  );
}

function TextCard({ title, text }: { title: string; text: string }) {
  return (
    <section className="card stack tight">
      <h2>{title}</h2>
      <p className={styles.text}>{text}</p>
    </section>
  );
}
