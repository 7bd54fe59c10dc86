import { useQuery } from "@tanstack/react-query";
import { Empty } from "../../shared/Empty";
import { useI18n } from "../../shared/i18n";
import { knownText } from "../../shared/known-text";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { queries } from "../../shared/queries";
import { useSession } from "../../shared/session";
import { Table } from "../../shared/Table";
import { useFormat } from "../../shared/use-format";
import { SeeToLetter } from "./SeeToLetter";

/** Facts of nodes that could not be taken in; an admin also sees what did not fit, and settles them. */
export function DeadLetterList() {
  const { t } = useI18n();
  const format = useFormat();
  const admin = useSession().session?.role === "admin";
  const query = useQuery(queries.deadLetters);
  return (
    <Page title={t("nav.dead-letters")}>
      <p className="quiet">{t(admin ? "letters.aboutAdmin" : "letters.about")}</p>
      <Loaded query={query}>
        {(letters) =>
          letters.length === 0 ? (
            <Empty>{t("letters.empty")}</Empty>
          ) : (
            <Table
              caption={t("nav.dead-letters")}
              rows={letters}
              keyOf={(letter) => String(letter.id)}
              columns={[
                {
                  heading: t("letters.reason"),
                  cell: (letter) => (
                    <div>
                      {knownText(t, "letter", letter.reason)}
                      {letter.detail && <div className="quiet small">{letter.detail}</div>}
                    </div>
                  ),
                },
                { heading: t("letters.node"), cell: (letter) => letter.node_id },
                {
                  heading: t("letters.sequence"),
                  cell: (letter) => (letter.journal_sequence === 0 ? t("letters.noSequence") : letter.journal_sequence),
                },
                { heading: t("letters.received"), cell: (letter) => format.date(letter.received_at) },
                {
                  heading: t("letters.state"),
                  cell: (letter) =>
                    letter.settled_at ? (
                      <span className="quiet">{t("letters.settled", { date: format.date(letter.settled_at) })}</span>
                    ) : (
                      <span className="badge warn">{t("letters.open")}</span>
                    ),
                },
                ...(admin ? [{ heading: t("letters.actions"), cell: (letter: (typeof letters)[number]) => <SeeToLetter letter={letter} /> }] : []),
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
