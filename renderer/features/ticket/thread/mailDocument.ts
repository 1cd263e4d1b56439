import { listenForKeys } from '../../../app/keyboard.ts';
import { desktop } from '../../../desktop/index.ts';
import { lendFont } from './mailFont.ts';
import { foldQuotes } from './quoteFolding.ts';

/** The button that opens a folded quote, inside the mail's own document (its CSP allows inline styles). */
const FOLD_STYLE = `
  details.staffdesk-quote > summary {
    display: inline-block; list-style: none; margin: 4px 0; padding: 0 8px; border-radius: 4px;
    background: color-mix(in srgb, currentColor 8%, transparent); opacity: 0.75;
    font: 500 12px/20px "Inter Variable", system-ui, sans-serif; cursor: default; user-select: none;
  }
  details.staffdesk-quote > summary::-webkit-details-marker { display: none; }
  details.staffdesk-quote > summary:hover { opacity: 1; }
  details.staffdesk-quote > summary:focus-visible { outline: 2px solid Highlight; opacity: 1; }
`;

/** Stands where a remote picture would be, in the size the mail gives it, instead of a broken one. */
const HELD_BACK_STYLE = `
  img[src^="http:" i], img[src^="https:" i] {
    content: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='16' height='16'%3E%3Crect width='16' height='16' rx='3' fill='%23888' fill-opacity='.16'/%3E%3C/svg%3E");
  }
`;

/** Pictures of other servers that the page's own policy holds back. */
export function hasRemoteImages(body: Element): boolean {
  return (
    body.querySelector('img[src^="http:" i], img[src^="https:" i], [background^="http" i]') !== null ||
    [...body.querySelectorAll('[style]')].some((element) =>
      /url\(\s*["']?https?:/i.test(element.getAttribute('style') ?? ''),
    )
  );
}

const LINK = /^(?:https?|mailto|tel):/i;

// Mail documents belong to another realm, so no instanceof; and a link may wrap a picture.
function linkOf(target: EventTarget | null): string | null {
  const element = target as Partial<Element> | null;
  const link = element?.closest?.('a[href]');
  const href = link?.getAttribute('href') ?? '';
  return LINK.test(href) ? href : null;
}

/** Links open outside. A popup of the frame would inherit its sandbox and come up without scripts. */
function openLinksOutside(page: Document): () => void {
  const onClick = (event: MouseEvent) => {
    const href = linkOf(event.target);
    if (href === null) return;
    event.preventDefault();
    void desktop.openExternal(href);
  };
  page.addEventListener('click', onClick);
  return () => page.removeEventListener('click', onClick);
}

/** Whether the frame shows a mail, and not the words of an error. */
export function isMailDocument(page: Document | null): page is Document {
  return page !== null && page.contentType === 'text/html' && page.URL.includes('/files/mail/');
}

/** Prepares a loaded mail: quotes folded, links outside, the app's keys. Returns the function that lets go. */
export function prepareMail(page: Document, withImages: boolean): () => void {
  const style = page.createElement('style');
  style.textContent = withImages ? FOLD_STYLE : FOLD_STYLE + HELD_BACK_STYLE;
  page.head.append(style);
  lendFont(page);
  foldQuotes(page.body, 'Show quoted text');
  const stops = [openLinksOutside(page), listenForKeys(page)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Calls back with the height of the content, now and whenever it changes. */
export function watchHeight(page: Document, onHeight: (height: number) => void): () => void {
  const measure = () => {
    const { body, documentElement } = page;
    const scrollBar = documentElement.scrollWidth > documentElement.clientWidth ? 14 : 0;
    onHeight(Math.ceil(body.getBoundingClientRect().height) + scrollBar);
  };
  const observer = new ResizeObserver(measure);
  observer.observe(page.body);
  measure();
  return () => observer.disconnect();
}
