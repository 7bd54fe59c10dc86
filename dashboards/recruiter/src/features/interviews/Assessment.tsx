import type { Interview } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";
import { useFormat } from "../../shared/use-format";
import { CompetencyCard } from "./CompetencyCard";
import { Findings } from "./Findings";
import { Quotes } from "./Quotes";

interface Props {
  interview: Interview;
  selected: string | null;
  onQuote: (id: string) => void;
}

export function Assessment({ interview, selected, onQuote }: Props) {
  const { t } = useI18n();
  const format = useFormat();
  const { competencies, score, status, summary } = interview;
  if (interview.close_reason === "declined") {
    // A person who wants no AI interview is not one whose answers lacked evidence.
    return (
      <section className="stack" aria-labelledby="assessment">
        <h2 id="assessment">{t("assessment.title")}</h2>
        <p className="card quiet">{t("assessment.none")}</p>
      </section>
    );
  }
  const shown = competencies.filter(({ rating, abstention }) => status === "reviewed" || rating !== null || abstention !== null);
  return (
    <section className="stack" aria-labelledby="assessment">
      <h2 id="assessment">{t("assessment.title")}</h2>
      <p className="message">{t("assessment.personDecides")}</p>
      {status !== "reviewed" && <p className="card quiet">{t(status === "closed" ? "assessment.coming" : "assessment.later")}</p>}
      {summary && (
        <div className="card stack tight">
          <h3>{t("assessment.summary")}</h3>
          <p>{summary.text}</p>
          <Quotes evidence={summary.evidence.filter(({ quote }) => !summary.text.includes(quote))} selected={selected} onQuote={onQuote} />
          <Findings title={t("assessment.strengths")} findings={summary.strengths} selected={selected} onQuote={onQuote} />
          <Findings title={t("assessment.improvements")} findings={summary.improvements} selected={selected} onQuote={onQuote} />
          <p className="quiet">{score === null ? t("assessment.noScore") : t("assessment.score", { score: format.score(score) })}</p>
        </div>
      )}
      {shown.map((competency) => (
        <CompetencyCard key={competency.id} competency={competency} selected={selected} onQuote={onQuote} />
      ))}
    </section>
  );
}
