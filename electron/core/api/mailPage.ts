/** A mail's own page: no script, no style sheet of others, no form, no frame; remote images only when asked for. */
const COMMON =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self' app:";
export const MAIL_CSP = {
  plain: `${COMMON}; img-src 'self' data:`,
  withImages: `${COMMON}; img-src 'self' data: https: http:`,
} as const;

/** Mail that sets its own colours is shown on paper, whatever the theme: dark text on a dark ground helps nobody. */
const OWN_COLOURS = /\b(bgcolor|color|background)\s*=|style="[^"]*(color|background)/i;

/**
 * The document of one message body (already purified when it was stored). Links open outside; sizes follow the
 * window's own (ui.md: bodies 15/24).
 */
export function mailPage(bodyHtml: string, theme: 'light' | 'dark'): string {
  const isPaper = theme === 'dark' && OWN_COLOURS.test(bodyHtml);
  const isPlainText = !bodyHtml.includes('<');
  const colours = theme === 'dark' && !isPaper ? DARK : LIGHT;
  return `<!doctype html>
<html><head><meta charset="utf-8"><base target="_blank"><style>
html { ${colours} overflow-x: auto; overflow-y: hidden; }
body { margin: 0; padding: ${isPaper ? '12px' : '1px 0'}; font: 15px/24px Inter, "Inter Variable", system-ui, sans-serif; overflow-wrap: anywhere; ${isPlainText ? 'white-space: pre-wrap;' : ''} }
body > :first-child { margin-top: 0; } body > :last-child { margin-bottom: 0; }
p { margin: 0 0 12px; } img { max-width: 100%; height: auto; } a { color: var(--link); }
blockquote { margin: 8px 0; padding: 0 0 0 12px; border-left: 2px solid var(--line); color: var(--quiet); }
pre { white-space: pre-wrap; font: 13px/20px ui-monospace, Menlo, Consolas, monospace; } code { font: 13px ui-monospace, Menlo, Consolas, monospace; }
table { max-width: 100%; border-collapse: collapse; } hr { border: 0; border-top: 1px solid var(--line); }
</style></head><body>${bodyHtml}</body></html>`;
}

const LIGHT =
  'color-scheme: light; background: #fff; color: #1c2230; --link: #2f54c8; --line: #d5d9e2; --quiet: #5a6375;';
const DARK =
  'color-scheme: dark; background: transparent; color: #e4e8f1; --link: #9db4ff; --line: #3a4254; --quiet: #a3acbf;';
