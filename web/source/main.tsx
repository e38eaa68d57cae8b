import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { applyTheme } from "./preferences.ts";
import { createQueryClient } from "./queries.ts";
import "./styles.css";

applyTheme();
const place = document.getElementById("app");
if (!place) throw new Error("index.html has no element #app.");
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
