import { describe, expect, it } from 'vitest';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { UploadId } from '../../../shared/model/ids.ts';
import type { DraftFile } from './fileList.ts';
import { questionAfterRefusal, questionBeforeSend, sendBlock } from './sendRules.ts';

const about = { key: 'a', name: 'a.txt', mediaType: 'text/plain', sizeBytes: 5 };
const done: DraftFile = { ...about, state: 'done', uploadId: 1 as UploadId };
const uploading: DraftFile = { ...about, state: 'uploading', sentBytes: 1 };
const failed: DraftFile = { ...about, state: 'failed', reason: 'too large', canRetry: false };

describe('sending', () => {
  it.each([
    ['', [], 'Nothing written yet'],
    ['<p> </p>', [], 'Nothing written yet'],
    ['<p>Hi</p>', [], null],
    ['', [done], null],
    ['', [failed], 'Nothing written yet'],
    ['<p>Hi</p>', [uploading], 'Waiting for 1 file'],
    ['', [uploading, uploading], 'Waiting for 2 files'],
  ] as const)('%o with %o waits for: %s', (html, files, reason) => {
    expect(sendBlock(html, files)).toBe(reason);
  });

  it.each([
    ['<p>See attached</p>', [], { kind: 'attachment', word: 'attached' }],
    ['<p>See attached</p>', [done], null],
    ['<p>See attached <img src="/files/uploads/3"></p>', [], null],
    ['<p>Thanks!</p><blockquote>see attached</blockquote>', [], null],
    ['<p>Hi</p>', [failed, done], { kind: 'failed_files', count: 1 }],
  ] as const)('%o with %o asks: %o', (html, files, question) => {
    expect(questionBeforeSend(html, files)).toEqual(question);
  });

  it('shows newer messages as a question and everything else as an error', () => {
    const newer = appErrorOf('newer_messages', { details: { newerMessages: 2 } });
    expect(questionAfterRefusal(newer)).toEqual({ kind: 'newer', count: 2 });
    expect(questionAfterRefusal(appErrorOf('draft_not_found'))).toEqual({ kind: 'gone' });
    const full = appErrorOf('disk_full');
    expect(questionAfterRefusal(full)).toEqual({ kind: 'error', error: full });
  });
});
