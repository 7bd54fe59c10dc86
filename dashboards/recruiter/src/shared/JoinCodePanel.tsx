import { useState } from "react";
import { useI18n } from "./i18n";
import styles from "./JoinCodePanel.module.css";
import { useFormat } from "./use-format";

interface Props {
  code: string;
  expires: string;
  roomUrl: string;
}

function grouped(code: string): string {
  const plain = code.replace(/-/g, "");
  return `${plain.slice(0, 4)}-${plain.slice(4)}`;
}

/** The code as the candidate needs it; the server shows it only once. */
export function JoinCodePanel({ code, expires, roomUrl }: Props) {
  const { t } = useI18n();
  const format = useFormat();
  const [copied, setCopied] = useState<boolean | null>(null);
  const shown = grouped(code);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${roomUrl}\n${shown}`);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <div className={`message good stack ${styles.panel ?? ""}`}>
      <p>{t("code.once")}</p>
      <p className={styles.code}>{shown}</p>
      <p>
        {t("code.room")}{" "}
        <a href={roomUrl} target="_blank" rel="noreferrer">
          {roomUrl}
        </a>
      </p>
      <p className="quiet small">{t("code.expires", { date: format.date(expires) })}</p>
      <div className="row">
        <button type="button" className="button primary" onClick={() => void copy()}>
          {t("code.copy")}
        </button>
        <span role="status">{copied !== null && t(copied ? "code.copied" : "code.copyFailed")}</span>
      </div>
    </div>
  );
}
