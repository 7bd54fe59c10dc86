import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { Empty } from "../../shared/Empty";
import { useI18n } from "../../shared/i18n";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { queries } from "../../shared/queries";
import { StatusBadge } from "../../shared/StatusBadge";
import { Table } from "../../shared/Table";
import { useFormat } from "../../shared/use-format";

export function InterviewList() {
  const { t } = useI18n();
  const format = useFormat();
  const query = useQuery(queries.interviews);
  return (
    <Page
      title={t("nav.interviews")}
      actions={
        <Link className="button primary" to="/interviews/new">
          {t("interviews.new")}
        </Link>
      }
    >
      <Loaded query={query}>
        {(interviews) =>
          interviews.length === 0 ? (
            <Empty>{t("interviews.empty")}</Empty>
          ) : (
            <Table
              caption={t("nav.interviews")}
              rows={interviews}
              keyOf={(each) => each.interview_id}
              columns={[
                {
                  heading: t("interviews.candidate"),
                  cell: (each) => <Link to={`/interviews/${each.interview_id}`}>{each.candidate_name}</Link>,
                },
                { heading: t("interviews.job"), cell: (each) => `${each.job_title}, ${each.company_name}` },
                {
                  heading: t("interviews.status"),
                  cell: (each) => (
                    <span className="row">
                      <StatusBadge status={each.status} />
                      {each.late && <span className="badge warn">{t("late.badge")}</span>}
                    </span>
                  ),
                },
                { heading: t("interviews.score"), cell: (each) => (each.score === null ? "–" : format.score(each.score)) },
                { heading: t("interviews.node"), cell: (each) => each.node_id },
                { heading: t("created"), cell: (each) => format.date(each.created_at) },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
