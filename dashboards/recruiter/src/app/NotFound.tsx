import { Link } from "react-router";
import { useI18n } from "../shared/i18n";
import { Page } from "../shared/Page";

export function NotFound() {
  const { t } = useI18n();
  return (
    <Page title={t("notFound.title")}>
      <p>
        <Link to="/interviews">{t("nav.interviews")}</Link>
      </p>
    </Page>
  );
}
