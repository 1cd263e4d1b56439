import { describe, expect, it } from 'vitest';
import { announcedAttachment } from './attachmentReminder.ts';

describe('attachment reminder', () => {
  it.each([
    ['Please see the attached invoice.', 'attached'],
    ['See Attachment 2', 'Attachment'],
    ['Die Rechnung finden Sie im Anhang.', 'im Anhang'],
    ['Anbei das Protokoll', 'Anbei'],
    ['Veuillez trouver ci-joint le devis', 'ci-joint'],
    ['Veuillez trouver ci joint le devis', 'ci joint'],
    ['Le adjunto la factura', 'adjunt'],
    ['Segue em anexo', 'em anexo'],
    ['In allegato la fattura', 'In allegato'],
    ['Zie de bijlage', 'bijlage'],
    ['Faktura w załączniku', 'w załączniku'],
    ['Файл во вложении', 'во вложении'],
    ['添付ファイルをご確認ください', '添付'],
    ['파일을 첨부합니다', '첨부'],
    // Decomposed, as macOS types it.
    ['Ich habe es angehängt', 'angehängt'],
  ])('notices «%s»', (text, word) => {
    expect(announcedAttachment(text)).toBe(word.normalize('NFC'));
  });

  it.each([
    '',
    'The printer works again.',
    'I am unattached to this idea',
    'Wir hängen noch am Telefon',
    'Joint venture',
    'Der Einhang ist defekt',
  ])('stays quiet on «%s»', (text) => {
    expect(announcedAttachment(text)).toBeNull();
  });
});
