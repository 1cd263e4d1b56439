import { LIMITS } from '../../../shared/limits.ts';
import { startOf } from '../html/cutText.ts';
import { purifyMailHtml } from '../html/purify.ts';
import { htmlToText } from '../html/text.ts';
import { textToHtml } from '../html/textToHtml.ts';
import type { MailAttachment, ParsedMail } from '../mail/receive/parsedMail.ts';

export interface MailBody {
  /** Purified; inline images stand as `cid:KEY`. */
  readonly html: string;
  readonly attachments: readonly MailAttachment[];
}

const NO_TEXT = '<p>(no text)</p>';
const ENCRYPTED = '<p>(encrypted message: it is in the attachments)</p>';
/** What remains readable in the thread of a body that is too large to store as one. */
const SHOWN_OF_HUGE = 500_000;

/** The body as it is stored (email-checklist B21, B22, B24) with the files that belong to it. */
export function mailBodyOf(mail: ParsedMail): MailBody {
  const cids = new Set(
    mail.attachments.flatMap(({ isInline, contentId }) => (isInline && contentId ? [contentId] : [])),
  );
  const html = mail.body
    .map(({ kind, content }) => (kind === 'html' ? purifyMailHtml(content, { cids }) : textToHtml(content)))
    .filter((piece) => piece.trim() !== '')
    .join('\n');
  if (html === '')
    return { html: mail.flags.includes('encrypted') ? ENCRYPTED : NO_TEXT, attachments: mail.attachments };
  if (Buffer.byteLength(html) <= LIMITS.bodyBytes) return { html, attachments: mail.attachments };
  return cutBody(mail, html);
}

/** The whole body becomes a file beside the start of its text: nothing is lost (R1). */
function cutBody(mail: ParsedMail, html: string): MailBody {
  const whole: MailAttachment = {
    name: 'whole-message.html',
    mediaType: 'text/html',
    content: Buffer.from(html),
    contentId: null,
    isInline: false,
  };
  return {
    html: textToHtml(startOf(htmlToText(html), SHOWN_OF_HUGE)),
    attachments: [...mail.attachments, whole],
  };
}
