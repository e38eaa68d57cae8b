import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The app's page and assets; nothing inline, so that a strict content security policy holds. */
export default defineConfig({
  root: folder("."),
  base: "/",
  plugins: [react(), tailwind()],
  build: {
    outDir: folder("./dist"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    chunkSizeWarningLimit: 700,
    // Dialogs and tabs are only used by parts that load later; without a chunk of their own they join the first one.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\//, priority: 2 },
            { name: "radix", test: /node_modules\/(@radix-ui|radix-ui|react-remove-scroll|aria-hidden)/ },
          ],
        },
      },
    },
  },
  server: { proxy: { "/v1": "http://127.0.0.1:4117" } },
});
