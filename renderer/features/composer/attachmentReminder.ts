/**
 * Words with which people announce a file. Stems, since most languages inflect; each must be rare in text
 * that speaks of no file. Matched on lower-case text at the start of a word, CJK anywhere.
 */
const STEMS = [
  // English
  'attached',
  'attaching',
  'attachment',
  'i attach',
  'we attach',
  'please find enclosed',
  // German
  'im anhang',
  'anhang',
  'angehängt',
  'beigefügt',
  'beiliegend',
  'anbei',
  // French
  'ci-joint',
  'pièce jointe',
  'pièces jointes',
  'en pj',
  // Spanish, Portuguese, Italian
  'adjunt',
  'em anexo',
  'anexad',
  'anexei',
  'in allegato',
  'allegat',
  'allego',
  // Dutch, Swedish, Danish, Norwegian, Finnish
  'bijlage',
  'bijgevoegd',
  'bifogar',
  'bifogad',
  'vedhæft',
  'vedlagt',
  'liitteenä',
  // Polish, Czech, Hungarian, Romanian
  'w załączniku',
  'w załączeniu',
  'załączam',
  'v příloze',
  'přikládám',
  'mellékel',
  'csatolva',
  'atașat',
  // Russian, Ukrainian, Greek, Turkish
  'во вложении',
  'прилагаю',
  'прикрепил',
  'прикрепля',
  'у вкладенні',
  'прикріпл',
  'συνημμέν',
  'επισυνάπτ',
  'ekteki',
  'ekli dosya',
] as const;
const ANYWHERE = ['添付', '附件', '附檔', '첨부'] as const;

const escaped = STEMS.map((stem) => stem.replaceAll('-', String.raw`[-\s]`).replaceAll(' ', String.raw`\s+`));
const announcement = new RegExp(`(?<![\\p{L}\\p{M}])(?:${escaped.join('|')})|${ANYWHERE.join('|')}`, 'iu');

/** The words that announce a file, or null. `text` is what the writer wrote, without quotes. */
export function announcedAttachment(text: string): string | null {
  const found = announcement.exec(text.normalize('NFC'));
  return found ? found[0] : null;
}
