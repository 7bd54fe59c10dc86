import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { Empty } from "../../shared/Empty";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { queries } from "../../shared/queries";
import { Table } from "../../shared/Table";
import { useFormat } from "../../shared/use-format";

export function CandidateList() {
  const { t } = useI18n();
  const format = useFormat();
  const query = useQuery(queries.candidates);
  return (
    <Page
      title={t("nav.candidates")}
      actions={
        <Link className="button primary" to="/interviews/new">
          {t("candidates.add")}
        </Link>
      }
    >
      <Loaded query={query}>
        {(candidates) =>
          candidates.length === 0 ? (
            <Empty>
              <p>{t("candidates.empty")}</p>
            </Empty>
          ) : (
            <Table
              caption={t("nav.candidates")}
              rows={candidates}
              keyOf={(candidate) => candidate.id}
              columns={[
                {
                  heading: t("candidates.name"),
                  cell: (candidate) => <Link to={`/candidates/${candidate.id}`}>{candidate.name}</Link>,
                },
                { heading: t("candidates.email"), cell: (candidate) => candidate.email ?? "–" },
                { heading: t("language"), cell: (candidate) => knownText(t, "language", candidate.language) },
                { heading: t("created"), cell: (candidate) => format.date(candidate.created_at) },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
