/** The documentation page: the OpenAPI document as plain HTML, without scripts and without anything from outside. */
import { html, raw } from "hono/html";
import type { OpenApiDocument } from "./openapi.ts";
import { type Operation, operationsByTag } from "./operations.ts";

const style = `:root{color-scheme:light dark;--line:light-dark(#d9dce3,#363b46);--soft:light-dark(#f5f6f8,#1c1f26);--accent:light-dark(#2f5bd0,#8fb0ff)}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:2rem 1rem}
h1{font-size:1.75rem;font-weight:600}h2{font-size:1.25rem;font-weight:600;margin-top:2.5rem}
article{border:1px solid var(--line);border-radius:8px;padding:.75rem 1rem;margin:.75rem 0}
article>summary{cursor:pointer}code,pre{font:.875rem/1.45 ui-monospace,monospace}
pre{background:var(--soft);padding:.75rem;border-radius:8px;overflow:auto}
.method{display:inline-block;min-width:4.5rem;color:var(--accent);font-weight:600}
details>summary{cursor:pointer}nav a{margin-right:1rem;color:var(--accent)}`;

export function docsPage(document: OpenApiDocument) {
  const groups = operationsByTag(document);
  const schemas = Object.entries(document.components?.schemas ?? {});
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Millwright over HTTP</title><style>${raw(style)}</style></head>
<body>
<h1>Millwright over HTTP</h1>
<p>${document.info.description}</p>
<p>The same as a machine reads it: <a href="/openapi.json">OpenAPI 3.1</a>.</p>
<nav>${groups.map(([tag]) => html`<a href="#${tag}">${tag}</a>`)}<a href="#schemas">Schemas</a></nav>
${groups.map(([tag, operations]) => html`<section id="${tag}"><h2>${tag}</h2>${operations.map(operationCard)}</section>`)}
<section id="schemas"><h2>Schemas</h2>
${schemas.map(([name, schema]) => html`<details id="schema-${name}"><summary><code>${name}</code></summary><pre>${JSON.stringify(schema, null, 2)}</pre></details>`)}
</section>
</body></html>`;
}

function operationCard(operation: Operation) {
  return html`<article>
<div><span class="method">${operation.method}</span><code>${operation.path}</code></div>
<p>${operation.summary}. ${operation.description}</p>
${operation.parameters.map((parameter) => html`<div><code>${parameter.name}</code> (${parameter.where}${parameter.required ? ", required" : ""}) ${parameter.description}</div>`)}
${operation.bodies.map((body) => html`<details><summary>Body: <code>${body.type}</code></summary><pre>${JSON.stringify(body.schema, null, 2)}</pre></details>`)}
${operation.answers.map((answer) => html`<div><code>${answer.status}</code> ${answer.description}${answer.types.length > 0 ? html` (${answer.types.join(", ")})` : ""}</div>`)}
</article>`;
}
