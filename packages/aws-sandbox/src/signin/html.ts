import { WireAnswer } from '../wire/WireAnswer';

const STYLE = `
:root { color-scheme: light dark; --line: #d5dbdb; --card: #fff; --page: #f2f3f3; --text: #16191f; --soft: #545b64; --accent: #0a4a74; --good: #1d6b3c; --bad: #a3160b; }
@media (prefers-color-scheme: dark) { :root { --line: #414d5c; --card: #192534; --page: #0f1b2a; --text: #e9ebed; --soft: #b3bcc7; --accent: #89c4f4; --good: #7fdc9f; --bad: #ff9d94; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header { background: #16212f; color: #fff; padding: 12px 24px; display: flex; flex-wrap: wrap; gap: 8px 32px; align-items: center; }
header h1 { font-size: 17px; margin: 0; margin-right: auto; }
header form { margin: 0; } header button { color: #fff; border-color: #fff; }
main { max-width: 1040px; margin: 0 auto; padding: 24px; display: grid; gap: 16px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px 20px; }
h2 { font-size: 16px; margin: 0 0 12px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
button { font: inherit; padding: 6px 16px; border-radius: 16px; border: 1px solid var(--accent); background: transparent; color: var(--accent); cursor: pointer; }
button:hover, button:focus-visible { background: var(--accent); color: var(--card); }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; } .row form { margin: 0; }
.bucket { border-top: 1px solid var(--line); margin-top: 12px; padding-top: 12px; }
.bucket strong { min-width: 14em; }
textarea, input[type=text] { width: 100%; font: 13px/1.4 ui-monospace, monospace; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 4px; padding: 8px; }
input[type=text] { width: 16em; }
textarea { min-height: 15em; margin: 8px 0; } summary { cursor: pointer; color: var(--accent); } details { margin-top: 8px; }
pre { overflow: auto; background: var(--page); border: 1px solid var(--line); border-radius: 4px; padding: 12px; margin: 8px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.good { border-left: 4px solid var(--good); } .bad { border-left: 4px solid var(--bad); }
.good h2 { color: var(--good); } .bad h2 { color: var(--bad); }
p { margin: 0 0 8px; } .soft { color: var(--soft); }
`;

/** A text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

function escape(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, c => entities[c]);
}

type Value = string | number | Html | Html[] | undefined;

function render(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  return escape(String(value));
}

/** Template tag: every value is escaped unless it is HTML already. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(
    parts.reduce((out, part, i) => out + render(values[i - 1]) + part),
  );
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * A whole page as an answer. No scripts, no foreign sources.
 * @param head - more elements of the head
 */
export function page(
  title: string,
  body: Html,
  options: { status?: number; head?: Html } = {},
): WireAnswer {
  const document = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${options.head}
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `;
  return {
    status: options.status ?? 200,
    headers: HEADERS,
    body: document.text,
  };
}

/** A page that says one thing. */
export function notice(
  title: string,
  text: string,
  status: number,
): WireAnswer {
  const body = html`<header><h1>Sandbox AWS</h1></header>
    <main>
      <section class="bad">
        <h2>${title}</h2>
        <p>${text}</p>
      </section>
    </main>`;
  return page(title, body, { status });
}
