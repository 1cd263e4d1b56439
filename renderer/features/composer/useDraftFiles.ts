import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { Upload } from '../../../shared/contract/drafts.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { UploadId } from '../../../shared/model/ids.ts';
import { sizeText } from '../../../shared/util/sizeText.ts';
import { trpcClient } from '../../api/client.ts';
import { uploadFile } from '../../api/files.ts';
import { type DraftFile, type FileAction, reduceFiles } from './fileList.ts';
import { noteTransfer } from './leaving.ts';

export type DraftFiles = {
  files: readonly DraftFile[];
  /** Starts sending; `onDone` is called for each that arrived. */
  add: (files: readonly File[], onDone?: (upload: Upload) => void) => void;
  retry: (key: string) => void;
  /** Cancels what is under way, and takes what arrived off the core's disk. */
  remove: (key: string) => void;
  load: (uploads: readonly Upload[]) => void;
};

type Transfer = { file: File; stop: AbortController; onDone: ((upload: Upload) => void) | undefined };

// A pasted screenshot is always called «image.png»: name it so that two of them can be told apart.
function nameOf(file: File, number: number): string {
  return file.name === 'image.png' || file.name === '' ? `screenshot-${number}.png` : file.name;
}

function refusal(file: File, count: number): string | null {
  if (file.size > LIMITS.uploadBytes) {
    return `Larger than ${sizeText(LIMITS.uploadBytes)}, the most a message can carry per file.`;
  }
  return count >= LIMITS.uploadsPerMessage
    ? `A message carries at most ${LIMITS.uploadsPerMessage} files.`
    : null;
}

type Started = { key: string; transfer: Transfer };

async function run({ key, transfer }: Started, tell: (action: FileAction) => void): Promise<void> {
  const { file, stop, onDone } = transfer;
  const isOver = noteTransfer();
  const answer = await uploadFile(file, {
    signal: stop.signal,
    onProgress: (fraction) => tell({ type: 'progress', key, sentBytes: Math.floor(fraction * file.size) }),
  }).finally(isOver);
  if (!answer.ok) {
    if (answer.error.code !== 'cancelled') tell({ type: 'fail', key, reason: answer.error.message });
    return;
  }
  if (stop.signal.aborted) {
    // Removed in the last moment: nothing shall stay on the disk.
    await trpcClient.uploads.remove.mutate({ uploadId: answer.value.id }).catch(() => undefined);
    return;
  }
  tell({ type: 'done', key, upload: answer.value });
  onDone?.(answer.value);
}

/** Sends the files of a draft, each on its own, and keeps what became of them. */
export function useDraftFiles(onRemoved: (uploadId: UploadId) => void): DraftFiles {
  const [files, dispatch] = useReducer(reduceFiles, []);
  const transfers = useRef(new Map<string, Transfer>());
  const counter = useRef(0);
  const shown = useRef(files);
  useEffect(() => {
    shown.current = files;
  });
  useEffect(() => {
    const running = transfers.current;
    return () => {
      for (const { stop } of running.values()) stop.abort();
    };
  }, []);

  const add = useCallback((added: readonly File[], onDone?: (upload: Upload) => void) => {
    added.forEach((original, index) => {
      counter.current += 1;
      const key = `file-${counter.current}`;
      const name = nameOf(original, counter.current);
      const file = name === original.name ? original : new File([original], name, { type: original.type });
      const about = { key, name, mediaType: file.type || 'application/octet-stream', sizeBytes: file.size };
      const reason = refusal(file, shown.current.length + index);
      if (reason) {
        dispatch({ type: 'refuse', ...about, reason });
        return;
      }
      const transfer = { file, stop: new AbortController(), onDone };
      transfers.current.set(key, transfer);
      dispatch({ type: 'start', ...about });
      void run({ key, transfer }, dispatch);
    });
  }, []);

  const retry = useCallback((key: string) => {
    const transfer = transfers.current.get(key);
    if (!transfer) return;
    const again = { ...transfer, stop: new AbortController() };
    transfers.current.set(key, again);
    dispatch({ type: 'retry', key });
    void run({ key, transfer: again }, dispatch);
  }, []);

  const remove = useCallback(
    (key: string) => {
      transfers.current.get(key)?.stop.abort();
      transfers.current.delete(key);
      const file = shown.current.find((item) => item.key === key);
      dispatch({ type: 'remove', key });
      if (file?.state === 'done') onRemoved(file.uploadId);
    },
    [onRemoved],
  );

  const load = useCallback((uploads: readonly Upload[]) => dispatch({ type: 'load', uploads }), []);
  return { files, add, retry, remove, load };
}
