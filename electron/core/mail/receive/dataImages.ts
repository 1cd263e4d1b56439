import { contentIdKey } from '../../html/purify.ts';
import { safeFileName } from './attachmentName.ts';
import type { MailAttachment } from './parsedMail.ts';

const DATA_IMAGE = /(\ssrc\s*=\s*)(["'])data:(image\/[\w.+-]+)[^"',]{0,80};base64,([A-Za-z0-9+/=\s]+)\2/gi;
const MOST_IMAGES = 200;

/**
 * Pictures written into the HTML itself become inline attachments (B8): the purifier drops `data:` addresses, and
 * a body of megabytes is slow to store and to search.
 */
export function extractDataImages(
  html: string,
  filesBefore: number,
): { html: string; images: MailAttachment[] } {
  const images: MailAttachment[] = [];
  if (!html.includes('data:image/') && !html.includes('data:IMAGE/')) return { html, images };
  const rewritten = html.replace(
    DATA_IMAGE,
    (whole, source: string, quote: string, type: string, base64: string) => {
      if (images.length >= MOST_IMAGES) return whole;
      const mediaType = type.toLowerCase();
      const number = filesBefore + images.length + 1;
      const contentId = contentIdKey(`data-image-${number}@inline.invalid`);
      images.push({
        name: safeFileName(null, mediaType, number),
        mediaType,
        content: Buffer.from(base64, 'base64'),
        contentId,
        isInline: true,
      });
      return `${source}${quote}cid:${contentId}${quote}`;
    },
  );
  return { html: rewritten, images };
}
