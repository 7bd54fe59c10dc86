import { useI18n } from "../../shared/i18n";

/** That words of the file were not read because nobody sees them on its pages, and how many. */
export function HiddenWords({ count }: { count: number }) {
  const { t } = useI18n();
  return count > 0 && <p role="note">{t("candidates.hiddenWords", { count })}</p>;
}
