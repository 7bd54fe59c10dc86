import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { Empty } from "../../shared/Empty";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { queries } from "../../shared/queries";
import { Table } from "../../shared/Table";

export function JobList() {
  const { t } = useI18n();
  const query = useQuery(queries.jobs);
  return (
    <Page
      title={t("nav.jobs")}
      actions={
        <Link className="button primary" to="/jobs/new">
          {t("jobs.new")}
        </Link>
      }
    >
      <Loaded query={query}>
        {(jobs) =>
          jobs.length === 0 ? (
            <Empty>{t("jobs.empty")}</Empty>
          ) : (
            <Table
              caption={t("nav.jobs")}
              rows={jobs}
              keyOf={(job) => job.id}
              columns={[
                { heading: t("jobs.title"), cell: (job) => <Link to={`/jobs/${job.id}`}>{job.title}</Link> },
                { heading: t("jobs.company"), cell: (job) => job.company_name },
                { heading: t("language"), cell: (job) => knownText(t, "language", job.language) },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
