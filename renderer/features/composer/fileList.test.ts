import { describe, expect, it } from 'vitest';
import type { Upload } from '../../../shared/contract/drafts.ts';
import type { UploadId } from '../../../shared/model/ids.ts';
import {
  type DraftFile,
  type FileAction,
  isUploading,
  reduceFiles,
  uploadedIds,
  uploadPercent,
} from './fileList.ts';

const upload = (id: number, name = 'log.txt'): Upload => ({
  id: id as UploadId,
  name,
  mediaType: 'text/plain',
  sizeBytes: 200,
});
const start = (key: string): FileAction => ({
  type: 'start',
  key,
  name: 'log.txt',
  mediaType: 'text/plain',
  sizeBytes: 200,
});
const filesAfter = (...actions: FileAction[]) => actions.reduce(reduceFiles, [] as readonly DraftFile[]);

describe('files of a draft', () => {
  it('grow while they are sent, never back, never beyond their size', () => {
    const progress = (sentBytes: number): FileAction => ({ type: 'progress', key: 'a', sentBytes });
    expect(filesAfter(start('a'), progress(100), progress(50))[0]).toMatchObject({ sentBytes: 100 });
    expect(filesAfter(start('a'), progress(900))[0]).toMatchObject({ sentBytes: 200 });
  });

  it('block sending while one is under way, and only then', () => {
    expect(isUploading(filesAfter(start('a')))).toBe(true);
    expect(isUploading(filesAfter(start('a'), { type: 'done', key: 'a', upload: upload(4) }))).toBe(false);
    expect(isUploading(filesAfter(start('a'), { type: 'fail', key: 'a', reason: 'too large' }))).toBe(false);
  });

  it('send only what arrived, in the order it was added', () => {
    const files = filesAfter(
      start('a'),
      start('b'),
      start('c'),
      { type: 'done', key: 'c', upload: upload(3) },
      { type: 'done', key: 'a', upload: upload(9) },
      { type: 'fail', key: 'b', reason: 'no' },
    );
    expect(uploadedIds(files)).toEqual([9, 3]);
  });

  it('a removed file stays removed when its answer comes late', () => {
    const files = filesAfter(
      start('a'),
      { type: 'remove', key: 'a' },
      { type: 'done', key: 'a', upload: upload(1) },
      { type: 'progress', key: 'a', sentBytes: 10 },
    );
    expect(files).toEqual([]);
  });

  it('a failed file can be tried again from the start; a refused one cannot', () => {
    const failed = filesAfter(
      start('a'),
      { type: 'progress', key: 'a', sentBytes: 100 },
      { type: 'fail', key: 'a', reason: 'gone' },
    );
    expect(failed[0]).toMatchObject({ state: 'failed', reason: 'gone', canRetry: true });
    expect(reduceFiles(failed, { type: 'retry', key: 'a' })[0]).toEqual({
      key: 'a',
      name: 'log.txt',
      mediaType: 'text/plain',
      sizeBytes: 200,
      state: 'uploading',
      sentBytes: 0,
    });
    const refused = filesAfter({ ...start('a'), type: 'refuse', reason: 'too large' } as FileAction);
    expect(reduceFiles(refused, { type: 'retry', key: 'a' })).toEqual(refused);
  });

  it('a loaded draft shows its files as there', () => {
    const files = filesAfter({ type: 'load', uploads: [upload(1, 'a.png'), upload(2, 'b.png')] });
    expect(uploadedIds(files)).toEqual([1, 2]);
    expect(files.map(uploadPercent)).toEqual([100, 100]);
  });

  it('percent is whole and survives an empty file', () => {
    expect(uploadPercent(filesAfter({ ...start('a'), sizeBytes: 0 } as FileAction)[0] as DraftFile)).toBe(0);
    expect(
      uploadPercent(filesAfter(start('a'), { type: 'progress', key: 'a', sentBytes: 133 })[0] as DraftFile),
    ).toBe(66);
  });
});
