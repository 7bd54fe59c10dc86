import { NodeList } from "../features/nodes/NodeList";
import { PlaybookDesk } from "../features/playbooks/PlaybookDesk";
import { useSession } from "../shared/session";

/** The nodes and, for administrators, what is done to them. */
export function Fleet() {
  const administrator = useSession().session?.role === "admin";
  return (
    <div className="stack wide">
      <NodeList />
      {administrator && <PlaybookDesk />}
    </div>
  );
}
