import { expect, it } from 'vitest';
import type { Attachment } from '../../../../shared/contract/queues.ts';
import { attachmentLine } from './attachmentPlace.ts';

it.each<[Attachment['place'], boolean, string]>([
  ['here', false, 'PDF · 12 KB'],
  ['here', true, '12 KB · on this desk'],
  ['server', true, '12 KB · on the server'],
  ['asked', true, 'Waits to be fetched'],
  ['gone', true, 'No longer on the server'],
])('%s, remote workspace: %s', (place, isRemote, expected) => {
  const file = { id: 1 as never, name: 'bill.pdf', mediaType: 'application/pdf', sizeBytes: 12_288 };
  expect(attachmentLine({ ...file, isInline: false, place }, isRemote)).toBe(expected);
});
