/**
 * Where someone else's words begin in a plain text reply (email-checklist F17): «On … wrote:» in the languages
 * seen most, Outlook's «-----Original Message-----» and header block. Used for previews only; nothing is cut
 * from what is stored.
 */
const ATTRIBUTION = new RegExp(
  [
    '^(?:on|am|le|el|il|op|den|em|w dniu|dne|на|В|tir|於|在|pe|på|a)\\s.{4,200}' +
      '(?:wrote|schrieb|écrit|escribió|ha scritto|schreef|skrev|escreveu|napisał\\(?a?\\)?|napsal|написал|写道|寫道|kirjoitti|yazdı).{0,80}:\\s*$',
    '^-{2,}\\s?(?:original message|ursprüngliche nachricht|message d.origine|mensaje original|messaggio originale|oorspronkelijk bericht|forwarded message)\\s?-{2,}',
    '^_{20,}$',
  ].join('|'),
  'i',
);

const MAY_BE_ATTRIBUTION = /^[-_]|:$/;

/** The lines a person wrote themselves: without quoted lines and all after an attribution. */
export function ownWords(text: string): string {
  const own: string[] = [];
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (MAY_BE_ATTRIBUTION.test(trimmed) && ATTRIBUTION.test(trimmed)) break;
    // The signature mark: what follows is the same in every mail.
    if (line === '-- ' || trimmed === '--') break;
    if (!trimmed.startsWith('>')) own.push(line);
  }
  return own.join('\n').trim();
}
