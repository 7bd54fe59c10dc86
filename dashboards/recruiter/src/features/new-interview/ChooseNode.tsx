import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useI18n } from "../../shared/i18n";
import { Loaded } from "../../shared/Loaded";
import { NodeReadiness } from "../../shared/NodeReadiness";
import { queries } from "../../shared/queries";
import styles from "./NewInterview.module.css";
import { Step } from "./Step";

interface Props {
  value: string;
  onChoose: (id: string) => void;
}

export function ChooseNode({ value, onChoose }: Props) {
  const { t } = useI18n();
  const query = useQuery(queries.nodes);
  const only = query.data?.length === 1 ? query.data[0]?.node_id : undefined;
  useEffect(() => {
    if (only !== undefined && value === "") onChoose(only);
  }, [only, value, onChoose]);
  return (
    <Step id="choose-node" number={3} title={t("create.node")}>
      <Loaded query={query}>
        {(nodes) =>
          nodes.length === 0 ? (
            <p>{t("nodes.empty")}</p>
          ) : (
            <fieldset className="stack tight">
              <legend className="visually-hidden">{t("create.node")}</legend>
              {nodes.map((node) => (
                <label key={node.node_id} className={styles.option}>
                  <input type="radio" name="node" checked={value === node.node_id} onChange={() => onChoose(node.node_id)} />
                  <span className="row between">
                    <span>
                      <strong>{node.display_name}</strong>{" "}
                      {node.node_id !== node.display_name && <span className="quiet small">{node.node_id}</span>}
                    </span>
                    <NodeReadiness node={node} />
                  </span>
                </label>
              ))}
            </fieldset>
          )
        }
      </Loaded>
    </Step>
  );
}
