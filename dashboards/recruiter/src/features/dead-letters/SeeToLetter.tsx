import type { DeadLetter } from "@interview/api-client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../shared/api";
import { errorText } from "../../shared/error-text";
import { useI18n } from "../../shared/i18n";
import { queries } from "../../shared/queries";

function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}

/** What an admin can do about a dead letter: look at its bytes, and note that it is seen to. */
export function SeeToLetter({ letter }: { letter: DeadLetter }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const settle = useMutation({
    mutationFn: () => api.settleDeadLetter(letter.id),
    onSuccess: () => client.invalidateQueries({ queryKey: queries.deadLetters.queryKey }),
  });
  const fetchBytes = useMutation({
    mutationFn: () => api.deadLetterBytes(letter.id),
    onSuccess: (content) => save(content, `dead-letter-${letter.id}.bin`),
  });
  const error = settle.error ?? fetchBytes.error;
  return (
    <div className="row">
      <button type="button" className="button small" disabled={fetchBytes.isPending} onClick={() => fetchBytes.mutate()}>
        {t("letters.bytes")}
      </button>
      {!letter.settled_at && (
        <button type="button" className="button small" disabled={settle.isPending} onClick={() => settle.mutate()}>
          {t("letters.settle")}
        </button>
      )}
      {error && <span role="alert">{errorText(t, error)}</span>}
    </div>
  );
}
