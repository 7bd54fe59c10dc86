import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  test: {
    environment: "jsdom",
    include: ["*/src/**/*.test.{ts,tsx}"],
    setupFiles: ["./vitest.setup.ts"],
    restoreMocks: true,
    maxWorkers: 1,
    // A whole page is drawn, maybe on a machine that has much else to do: a test that hangs is told from a slow one later.
    testTimeout: 60_000,
  },
});
