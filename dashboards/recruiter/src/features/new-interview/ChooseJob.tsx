import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useI18n } from "../../shared/i18n";
import { Loaded } from "../../shared/Loaded";
import { queries } from "../../shared/queries";
import { Step } from "./Step";

interface Props {
  value: string;
  onChoose: (id: string) => void;
}

export function ChooseJob({ value, onChoose }: Props) {
  const { t } = useI18n();
  const query = useQuery(queries.jobs);
  return (
    <Step id="choose-job" number={1} title={t("create.job")}>
      <Loaded query={query}>
        {(jobs) =>
          jobs.length === 0 ? (
            <p>
              {t("jobs.empty")} <Link to="/jobs/new">{t("jobs.new")}</Link>
            </p>
          ) : (
            <div className="field">
              <label htmlFor="job" className="visually-hidden">
                {t("create.job")}
              </label>
              <select id="job" className="input" value={value} onChange={(event) => onChoose(event.target.value)}>
                <option value="">{t("create.choose")}</option>
                {jobs.map((job) => (
                  <option key={job.id} value={job.id}>
                    {job.title} – {job.company_name}
                  </option>
                ))}
              </select>
            </div>
          )
        }
      </Loaded>
    </Step>
  );
}
