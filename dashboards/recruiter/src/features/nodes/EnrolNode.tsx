import type { EnrolmentToken, NodeFacts } from "@interview/api-client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { useFormat } from "../../shared/use-format";
import styles from "./EnrolNode.module.css";

interface Props {
  /** The name to begin with, e.g. of a node that was revoked. */
  name: string;
  nodes: readonly NodeFacts[];
  onClose: () => void;
}

/** Makes a one-time token for one node and shows what to do with it. */
export function EnrolNode({ name: first, nodes, onClose }: Props) {
  const { t } = useI18n();
  const format = useFormat();
  const [name, setName] = useState(first);
  const [pageNames, setPageNames] = useState("");
  const making = useMutation({
    mutationFn: () => api.enrolmentToken({ node_id: name, page_names: pageNames.split(/[\s,]+/).filter(Boolean) }),
  });
  const holder = nodes.find((node) => node.node_id === name && node.identity === "enrolled");
  if (making.data) return <Token made={making.data} onClose={onClose} />;
  return (
    <form
      className={`stack ${styles.panel ?? ""}`}
      aria-label={t("enrol.open")}
      onSubmit={(event) => {
        event.preventDefault();
        making.mutate();
      }}
    >
      <div className="field">
        <label htmlFor="enrol-name">{t("enrol.name")}</label>
        <input
          id="enrol-name"
          className="input"
          required
          pattern="[a-z0-9][a-z0-9\-]{0,62}"
          title={t("enrol.nameHint")}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <p className="hint">{t("enrol.nameHint")}</p>
      </div>
      <div className="field">
        <label htmlFor="enrol-page-names">{t("enrol.pageNames")}</label>
        <input
          id="enrol-page-names"
          className="input"
          value={pageNames}
          onChange={(event) => setPageNames(event.target.value)}
        />
        <p className="hint">{t("enrol.pageNamesHint")}</p>
      </div>
      <div role="status">
        {holder && (
          <p className="message warn">{t("enrol.replaces", { name, date: format.date(holder.enrolled_until) })}</p>
        )}
      </div>
      {making.isError && <p role="alert">{errorText(t, making.error)}</p>}
      <div className="row">
        <button type="submit" className="button primary" disabled={making.isPending}>
          {t("enrol.submit")}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {t("cancel")}
        </button>
      </div>
    </form>
  );
}

/** The token as the node needs it; the server shows it only once. */
function Token({ made, onClose }: { made: EnrolmentToken; onClose: () => void }) {
  const { t } = useI18n();
  const format = useFormat();
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(made.token);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  // What a machine of the playbook calls its node's program; a clone on this very machine has it behind its own door.
  const program = ["localhost", "127.0.0.1"].includes(location.hostname) ? "./justw node" : "interview-node";
  const command = `${program} enrol --coordinator ${location.origin} --name ${made.node_id} --token-file FILE`;
  return (
    <div className="message good stack">
      <p>{t("enrol.once", { name: made.node_id, date: format.date(made.expires_at) })}</p>
      <code className={styles.code}>{made.token}</code>
      <p>{t("enrol.command")}</p>
      <code className={styles.code}>{command}</code>
      <div className="row">
        <button type="button" className="button primary" onClick={() => void copy()}>
          {t("enrol.copy")}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {t("enrol.close")}
        </button>
        <span role="status">{copied !== null && t(copied ? "enrol.copied" : "enrol.copyFailed")}</span>
      </div>
    </div>
  );
}
