// @vitest-environment node
import { readFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import { expect, test } from "vitest";

const here = (name: string) => new URL(name, import.meta.url);

test("the generated types are those of openapi.json (npm run generate)", async () => {
  const types = astToString(await openapiTS(here("../openapi.json")));
  const kept = readFileSync(here("./schema.gen.ts"), "utf8");
  expect(kept.endsWith(types)).toBe(true);
});
