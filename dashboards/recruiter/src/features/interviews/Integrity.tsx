import type { Observation } from "@interview/api-client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { Loaded } from "../../shared/Loaded";
import { queries } from "../../shared/queries";
import { useFormat } from "../../shared/use-format";
import styles from "./Integrity.module.css";

/** What the camera showed, folded away and fetched only when somebody opens it: each look is recorded. */
export function Integrity({ interviewId }: { interviewId: string }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <details className={`card ${styles.integrity}`} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("integrity.title")}</summary>
      {open && <Opened interviewId={interviewId} />}
    </details>
  );
}

function Opened({ interviewId }: { interviewId: string }) {
  const { t } = useI18n();
  const query = useQuery(queries.integrity(interviewId));
  return (
    <div className={`stack ${styles.opened}`}>
      <p className="message">{t("integrity.indication")}</p>
      <Loaded query={query}>
        {({ consented, pictures, sampled_percent, observations, emotions }) => {
          if (!consented) return <p>{t("integrity.noConsent")}</p>;
          if (pictures === 0) return <p>{t("integrity.noPictures")}</p>;
          return (
            <>
              <p className="quiet small">
                {sampled_percent === null
                  ? t("integrity.pictures", { count: pictures })
                  : t("integrity.sampled", { count: pictures, percent: sampled_percent })}
              </p>
              {observations.length === 0 ? <p>{t("integrity.nothing")}</p> : <Flags observations={observations} />}
              {emotions.length > 0 && (
                <>
                  <h3>{t("integrity.emotions")}</h3>
                  <p className="message warn">{t("integrity.emotionsIndication")}</p>
                  <Flags observations={emotions} />
                </>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function Flags({ observations }: { observations: Observation[] }) {
  const { t } = useI18n();
  const format = useFormat();
  return (
    <ul className={styles.flags}>
      {observations.map((each, index) => (
        <li key={index}>
          <span className={styles.time}>
            {format.clock(each.start_ms)}–{format.clock(each.end_ms)}
          </span>
          <span>{knownText(t, "observation", each.kind)}</span>
          <span className="quiet small">
            {t("integrity.restsOn", { count: each.samples, percent: each.sampled_percent })}
            {each.baseline !== "" && ` ${knownText(t, "baseline", each.baseline)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
