import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// `--mode fake` builds the same window on the fake backend, for pictures and accessibility checks in a browser.
export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  clearScreen: false,
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  build: {
    target: "es2022",
    outDir: mode === "fake" ? "dist-fake" : "dist",
    emptyOutDir: true,
    // Fonts and pictures stay files: the window's policy lets no data: address in.
    assetsInlineLimit: 0,
  },
  // Roles are computed slowly without a browser; a busy machine is no failure.
  test: { environment: "jsdom", include: ["src/**/*.test.ts"], testTimeout: 60_000 },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
}));
