import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { errorText } from "./error-text";
import { useI18n } from "./i18n";

interface Props<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** Loading, failed, or the data. A failed refresh keeps the data and says so. */
export function Loaded<T>({ query, children }: Props<T>) {
  const { t } = useI18n();
  const failure = query.isError ? (
    <div role="alert" className="message bad row between">
      <p>{errorText(t, query.error)}</p>
      <button type="button" className="button small" onClick={() => void query.refetch()}>
        {t("retry")}
      </button>
    </div>
  ) : null;
  if (query.data !== undefined) {
    return (
      <>
        {failure}
        {children(query.data)}
      </>
    );
  }
  return failure ?? <p role="status">{t("loading")}</p>;
}
