import type { AssessedCompetency, Rating } from "@interview/api-client";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import styles from "./CompetencyCard.module.css";
import { Quotes } from "./Quotes";
import { Repeats } from "./Repeats";

/** Stands in the version of a rating whose level a rule placed. */
const BY_RULE = "by-rule";

interface Props {
  competency: AssessedCompetency;
  selected: string | null;
  onQuote: (id: string) => void;
}

/** One competency: a level with its quotes, or the reason why there is none. */
export function CompetencyCard({ competency, selected, onQuote }: Props) {
  const { t } = useI18n();
  const { abstention, definition, name, rating, weight } = competency;
  return (
    <article className="card stack" aria-label={name}>
      <div>
        <h3>{name}</h3>
        <p className="quiet small">{definition}</p>
        {weight !== null && <p className="quiet small">{t("rating.weight", { percent: weight })}</p>}
      </div>
      {rating && <Rated rating={rating} selected={selected} onQuote={onQuote} />}
      {!rating && abstention && (
        <div className="message warn">
          <strong>{t("rating.abstained")}</strong>
          <p>{knownText(t, "abstention", abstention.reason)}</p>
          <Repeats repeated={abstention.repeated} spread={abstention.spread} />
        </div>
      )}
      {!rating && !abstention && <p className="quiet">{t("rating.none")}</p>}
    </article>
  );
}

function Rated({ rating, selected, onQuote }: { rating: Rating } & Pick<Props, "selected" | "onQuote">) {
  const { t } = useI18n();
  return (
    <>
      <div className="stack tight">
        <div className="row">
          <strong>{t("rating.level", { level: rating.level, levels: rating.levels })}</strong>
          <span className={styles.steps} aria-hidden="true">
            {Array.from({ length: rating.levels }, (_, index) => (
              <span key={index} data-reached={index < rating.level} />
            ))}
          </span>
        </div>
        <p className={styles.anchor}>{rating.anchor_text}</p>
        <Repeats repeated={rating.repeated} spread={rating.spread} byRule={rating.prompt_version.includes(BY_RULE)} />
      </div>
      <div>
        <h4 className={styles.label}>{t("rating.rationale")}</h4>
        <p>{rating.rationale}</p>
      </div>
      <div>
        <h4 className={styles.label}>{t("rating.evidence")}</h4>
        <Quotes evidence={rating.evidence} selected={selected} onQuote={onQuote} />
      </div>
    </>
  );
}
