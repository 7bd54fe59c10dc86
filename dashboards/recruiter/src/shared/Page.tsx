import type { ReactNode } from "react";
import { useI18n } from "./i18n";

interface Props {
  title: string;
  /** Buttons at the heading's right. */
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, actions, children }: Props) {
  const { t } = useI18n();
  return (
    <div className="stack wide">
      <title>{`${title} – ${t("app.title")}`}</title>
      <div className="row between">
        <h1>{title}</h1>
        {actions}
      </div>
      {children}
    </div>
  );
}
