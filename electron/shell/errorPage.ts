import type { AppError } from '../../shared/contract/errors.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);

/** Where the page's one button leads; the shell serves it, never the core. */
export const RETRY_PATH = '/shell/retry';
export const ERROR_PAGE_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

const style = `
  :root { color-scheme: light dark; font: 15px/24px system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
  main { max-width: 34rem; padding: 2rem; }
  h1 { font-size: 20px; line-height: 28px; margin: 0 0 .5rem; }
  code { font-size: 13px; overflow-wrap: anywhere; }
  a { display: inline-block; margin-top: 1rem; padding: .4rem 1rem; border-radius: 6px; color: #fff;
      background: #3457d5; text-decoration: none; }
  a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }`;

function headingOf(error: AppError): string {
  const crashes = error.details?.crashes;
  return crashes === undefined
    ? 'The desk could not be opened'
    : `The desk’s core stopped ${String(crashes)} times in a row`;
}

/**
 * What the window shows when there is no core to ask: the cause, the folder, and one thing to do; `home`, where
 * another desk of this program can be gone back to.
 */
export function errorPage(error: AppError, dataDir: string, home: string | null): string {
  const facts = Object.entries(error.details ?? {}).filter(([name]) => name !== 'crashes');
  const list = facts.map(([name, value]) => `<li>${escapeHtml(name)}: ${escapeHtml(String(value))}</li>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Staffdesk</title>
<style>${style}</style>
<main>
  <h1>${escapeHtml(headingOf(error))}</h1>
  <p>${escapeHtml(error.message)}</p>
  ${list.length > 0 ? `<ul>${list.join('')}</ul>` : ''}
  <p>The desk’s folder is <code>${escapeHtml(dataDir)}</code>. What is stored there was not touched.</p>
  <a href="${RETRY_PATH}" autofocus>Try again</a>
  ${home === null ? '' : `<a href="${escapeHtml(home)}/">Back to the first workspace</a>`}
</main>
</html>
`;
}
