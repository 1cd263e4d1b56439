/** The look of the page: the window's colours, from the system's theme (renderer/app/tokens.css has the reasons). */
export const DOCS_STYLE = `
:root {
  color-scheme: light dark;
  --surface: light-dark(oklch(1 0 0), oklch(0.212 0.009 265));
  --frame: light-dark(oklch(0.968 0.005 262), oklch(0.178 0.008 265));
  --sunken: light-dark(oklch(0.979 0.003 262), oklch(0.193 0.008 265));
  --hover: light-dark(oklch(0.93 0.009 262), oklch(0.268 0.01 265));
  --line: light-dark(oklch(0.915 0.006 262), oklch(0.29 0.01 265));
  --line-control: light-dark(oklch(0.62 0.013 262), oklch(0.56 0.015 265));
  --text: light-dark(oklch(0.245 0.017 265), oklch(0.938 0.005 265));
  --soft: light-dark(oklch(0.415 0.016 265), oklch(0.79 0.009 265));
  --faint: light-dark(oklch(0.49 0.014 265), oklch(0.71 0.009 265));
  --accent: light-dark(oklch(0.485 0.185 271), oklch(0.765 0.115 271));
  --focus: light-dark(oklch(0.55 0.19 271), oklch(0.7 0.14 271));
  --get: light-dark(oklch(0.485 0.145 250), oklch(0.79 0.1 248));
  --post: light-dark(oklch(0.475 0.105 156), oklch(0.8 0.115 157));
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; background: var(--surface); color: var(--text); font: 14px/22px Inter, "Inter Variable", system-ui, sans-serif; display: grid; grid-template-columns: 260px minmax(0, 1fr); }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
code, pre { font: 13px/20px var(--mono); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 20px 12px; background: var(--frame); border-right: 1px solid var(--line); }
nav p, nav h2 { margin: 0; padding: 0 8px; }
nav p { font-weight: 600; }
nav h2 { margin-top: 20px; font-size: 12px; line-height: 20px; font-weight: 600; color: var(--faint); }
nav ul { list-style: none; margin: 4px 0 0; padding: 0; }
nav li a { display: block; padding: 3px 8px; border-radius: 6px; color: var(--soft); text-decoration: none; }
nav li a:hover { background: var(--hover); color: var(--text); }
main { padding: 32px 40px 80px; max-width: 860px; min-width: 0; }
h1 { margin: 0 0 12px; font-size: 24px; line-height: 32px; letter-spacing: -0.01em; }
main h2 { margin: 56px 0 4px; font-size: 20px; line-height: 28px; letter-spacing: -0.01em; }
h3 { margin: 0; font-size: 16px; line-height: 24px; }
h4 { margin: 16px 0 6px; font-size: 12px; line-height: 20px; font-weight: 600; color: var(--faint); }
p { margin: 0 0 10px; }
.soft { color: var(--soft); }
.after { margin-top: 12px; }
article { margin-top: 24px; padding-top: 24px; border-top: 1px solid var(--line); }
.address { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 8px; margin: 4px 0 8px; }
.address code { overflow-wrap: anywhere; }
.address > code { font-weight: 600; }
.method { font: 600 12px/20px var(--mono); color: var(--get); }
.method.POST { color: var(--post); }
.facts { color: var(--soft); }
.facts code { color: var(--text); }
table { width: 100%; border-collapse: collapse; }
th { padding: 0 12px 4px 0; text-align: left; font-size: 12px; font-weight: 500; color: var(--faint); }
td { padding: 6px 12px 6px 0; border-top: 1px solid var(--line); vertical-align: top; }
td:first-child { white-space: nowrap; }
.type { white-space: nowrap; color: var(--soft); }
.needed { margin-left: 6px; font-size: 12px; color: var(--accent); }
.line { position: relative; }
pre { margin: 0; padding: 12px; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
.line pre { padding-right: 84px; }
button { position: absolute; top: 8px; right: 8px; padding: 2px 10px; font: inherit; font-size: 13px; color: var(--text); background: var(--surface); border: 1px solid var(--line-control); border-radius: 6px; cursor: pointer; }
button:hover { background: var(--hover); }
details { margin-top: 12px; }
summary { cursor: pointer; width: fit-content; color: var(--soft); }
details ul { margin: 6px 0 0; padding-left: 20px; color: var(--soft); }
@media (max-width: 860px) {
  body { display: block; }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 24px 16px 64px; }
  td:first-child, .type { white-space: normal; overflow-wrap: anywhere; }
}
@media print { nav, button { display: none; } body { display: block; } }
`;

/** Shows the copy buttons and makes them work, over plain http as well, where browsers offer no clipboard. */
export const DOCS_SCRIPT = `
for (const button of document.querySelectorAll('button')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const line = button.parentElement.querySelector('code');
    getSelection().selectAllChildren(line);
    const isDone = document.execCommand('copy');
    getSelection().removeAllRanges();
    button.textContent = isDone ? 'Copied' : 'Press Ctrl+C';
    if (!isDone) getSelection().selectAllChildren(line);
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
}
`;
