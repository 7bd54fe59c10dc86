import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { queries } from "../../shared/queries";
import { HiddenWords } from "./HiddenWords";
import { ResumeFacts } from "./ResumeFacts";
import styles from "./CandidateDetail.module.css";

export function CandidateDetail() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const query = useQuery(queries.candidate(id));
  return (
    <Loaded query={query}>
      {(candidate) => (
        <Page
          title={candidate.name}
          actions={
            <Link className="button primary" to={`/interviews/new?candidate=${candidate.id}`}>
              {t("interviews.new")}
            </Link>
          }
        >
          <p className="quiet">
            {[candidate.email, knownText(t, "language", candidate.language)].filter(Boolean).join(" · ")}
          </p>
          {candidate.resume && candidate.resume.facts.length > 0 && <ResumeFacts facts={candidate.resume.facts} />}
          <section className="stack" aria-labelledby="resume">
            <h2 id="resume">{t("candidates.resume")}</h2>
            {candidate.resume && <HiddenWords count={candidate.resume.hidden_words} />}
            {candidate.resume?.sections.map((section, index) => (
              <article key={`${index} ${section.title}`} className="card stack tight">
                <h3>{section.title}</h3>
                <p className={styles.text}>{section.text}</p>
              </article>
            ))}
            {(candidate.resume?.sections.length ?? 0) === 0 && <p className="quiet">{t("candidates.noResume")}</p>}
          </section>
        </Page>
      )}
    </Loaded>
  );
}
