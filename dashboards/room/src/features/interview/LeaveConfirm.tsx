import { useEffect, useRef } from "react";
import { useI18n } from "../../shared/i18n";

interface Props {
  onLeave: () => void;
  onStay: () => void;
}

export function LeaveConfirm({ onLeave, onStay }: Props) {
  const { t } = useI18n();
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <div role="alertdialog" aria-labelledby="leave-question" className="message warn stack">
      <p id="leave-question">{t("room.leaveConfirm")}</p>
      <div className="row">
        <button ref={stay} type="button" className="button" onClick={onStay}>
          {t("room.leaveNo")}
        </button>
        <button type="button" className="button danger" onClick={onLeave}>
          {t("room.leaveYes")}
        </button>
      </div>
    </div>
  );
}
