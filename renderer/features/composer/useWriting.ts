import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Draft, NewTicketFields, Upload } from '../../../shared/contract/drafts.ts';
import type { UploadId } from '../../../shared/model/ids.ts';
import { trpcClient } from '../../api/client.ts';
import { uploadUrl } from '../../api/files.ts';
import { isEmptyHtml } from './cleanHtml.ts';
import type { DraftPlace } from './draftStore.ts';
import { uploadedIds } from './fileList.ts';
import type { RichEditorHandle } from './RichEditor.tsx';
import { type DraftControl, useDraft } from './useDraft.ts';
import { type DraftFiles, useDraftFiles } from './useDraftFiles.ts';

export type Writing = {
  editor: RefObject<RichEditorHandle | null>;
  html: string;
  files: DraftFiles;
  draft: DraftControl;
  onChange: (html: string) => void;
  onFiles: (files: File[], asPicture?: boolean) => void;
  /** After sending or discarding: nothing written, nothing attached. */
  clear: () => void;
};

type Options = {
  /** Must keep its identity. */
  place: DraftPlace;
  /** The other fields of a new ticket, saved with the text. */
  newTicket?: NewTicketFields | null;
  /** What the text begins with where nothing is written yet. */
  startHtml?: string;
  onLoaded?: (draft: Draft | null) => void;
};

/**
 * What the core has of this draft, to tell a change from a load; in which order files lie there is its own. A
 * signature that nobody wrote above is nothing that is kept.
 */
function snapshotOf(html: string, ids: readonly number[], newTicket: NewTicketFields | null): string {
  const written = ids.length === 0 && isEmptyHtml(html) ? '' : html;
  return JSON.stringify([written, [...ids].sort((a, b) => a - b), newTicket]);
}

const idsOf = (draft: Draft | null): UploadId[] => (draft?.uploads ?? []).map((upload) => upload.id);

/** Removes a file from the core; a failure is harmless, what no draft names is cleared later. */
function removeUpload(uploadId: UploadId): void {
  trpcClient.uploads.remove.mutate({ uploadId }).catch(() => undefined);
}

/** Text, files and draft of something being written, kept together. */
export function useWriting({ place, newTicket = null, startHtml = '', onLoaded }: Options): Writing {
  const editor = useRef<RichEditorHandle>(null);
  const [html, setHtml] = useState('');
  // What the core has of this draft: as it came from there, and as the editor writes the same.
  const shown = useRef(new Set<string>([snapshotOf('', [], newTicket)]));
  const files = useDraftFiles(
    useCallback((uploadId: UploadId) => {
      editor.current?.removeImage(uploadUrl(uploadId));
      removeUpload(uploadId);
    }, []),
  );

  const show = (body: string, uploads: readonly Upload[], fields: NewTicketFields | null) => {
    editor.current?.setHtml(body === '' ? startHtml : body);
    const written = editor.current?.html() ?? body;
    const ids = uploads.map((upload) => upload.id);
    shown.current = new Set([snapshotOf(body, ids, fields), snapshotOf(written, ids, fields)]);
    setHtml(written);
    files.load(uploads);
  };
  const draft = useDraft({
    place,
    isShown: (draft) =>
      shown.current.has(snapshotOf(draft?.bodyHtml ?? '', idsOf(draft), draft?.newTicket ?? newTicket)),
    onLoad: (loaded, isFirst) => {
      // Who types before the draft is there keeps both: what was written before, then the new words.
      const typed = isFirst ? (editor.current?.html() ?? '') : '';
      show(loaded?.bodyHtml ?? '', loaded?.uploads ?? [], loaded?.newTicket ?? newTicket);
      if (typed !== '') editor.current?.append(typed);
      onLoaded?.(loaded);
    },
  });

  const { isLoaded, update } = draft;
  const ids = uploadedIds(files.files);
  const snapshot = snapshotOf(html, ids, newTicket);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `snapshot` stands for text, files and fields
  useEffect(() => {
    if (!isLoaded || shown.current.has(snapshot)) return;
    shown.current = new Set([snapshot]);
    update({ bodyHtml: html, newTicket, uploadIds: ids });
  }, [isLoaded, snapshot, update]);

  const { add } = files;
  const onFiles = useCallback(
    (added: File[], asPicture = false) =>
      add(
        added,
        asPicture ? (upload) => editor.current?.insertImage(uploadUrl(upload.id), upload.name) : undefined,
      ),
    [add],
  );
  const clear = () => {
    draft.reset();
    show('', [], newTicket);
  };
  return { editor, html, files, draft, onChange: setHtml, onFiles, clear };
}
