import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Draft } from '../../../shared/contract/drafts.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { DraftId } from '../../../shared/model/ids.ts';
import { toAppError } from '../../api/errors.ts';
import { onDeskEvent } from '../../api/events.ts';
import { createDraftQueue, type DraftQueue, type SaveState } from './draftQueue.ts';
import {
  type DraftContent,
  type DraftPlace,
  loadDraft,
  rememberClosing,
  saveDraft,
  saveDraftOnClose,
} from './draftStore.ts';
import { saveBeforeLeaving } from './leaving.ts';

export type DraftControl = {
  /** False until the core has told what was written before; typing starts only then. */
  isLoaded: boolean;
  saveState: SaveState;
  error: AppError | null;
  update: (content: DraftContent) => void;
  /** Everything typed is with the core when this answers true. */
  flush: () => Promise<boolean>;
  draftId: () => DraftId | null;
  /** After sending or discarding: the composer starts empty. */
  reset: () => void;
};

type Options = {
  /** Must keep its identity; another place is another draft. */
  place: DraftPlace;
  /** Shows a draft; called at first, and when the core's version changed and nothing here is unsaved. */
  onLoad: (draft: Draft | null, isFirst: boolean) => void;
  /** Whether the composer already shows this. */
  isShown: (draft: Draft | null) => boolean;
};
type Queue = DraftQueue<DraftContent>;

/** A window that closes writes what is left at once; one that hides may be about to. */
function writeBeforeLeaving(place: DraftPlace, queue: Queue): () => void {
  const onPageHide = () => {
    const unsaved = queue.unsaved();
    if (unsaved) saveDraftOnClose(place, unsaved.content, unsaved.draftId);
  };
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') void queue.flush();
  };
  window.addEventListener('pagehide', onPageHide);
  document.addEventListener('visibilitychange', onVisibility);
  const stop = saveBeforeLeaving(queue.flush);
  return () => {
    window.removeEventListener('pagehide', onPageHide);
    document.removeEventListener('visibilitychange', onVisibility);
    stop();
    rememberClosing(place, queue.close());
  };
}

/**
 * What the core holds may change without this composer: a reply taken back returns its text, another window
 * sends or edits the same draft. With nothing unsaved here, the core's version is the newer one.
 */
function followDraft(options: RefObject<Options>, queue: Queue, loaded: Promise<void>): () => void {
  const { place } = options.current;
  if (place.kind === 'new_ticket') return () => undefined;
  return onDeskEvent((event) => {
    if (event.type !== 'drafts_changed' || queue.unsaved() !== null) return;
    // Never beside the first: answered after this, it would take this draft for what was typed meanwhile.
    const again = loaded.then(() => loadDraft(place));
    again.then(
      (draft) => {
        // The person may have begun to write meanwhile.
        if (queue.unsaved() !== null || options.current.isShown(draft)) return;
        queue.reset(draft?.id ?? null);
        options.current.onLoad(draft, false);
      },
      () => undefined,
    );
  });
}

/** The life of one draft: loaded once, saved as one types, written a last time when the composer goes away. */
export function useDraft(options: Options): DraftControl {
  const { place } = options;
  const latest = useRef(options);
  const queueRef = useRef<Queue | null>(null);
  const [saveState, setSaveState] = useState<SaveState>('idle');
  const [error, setError] = useState<AppError | null>(null);
  const [isLoaded, setLoaded] = useState(false);
  useEffect(() => {
    latest.current = options;
  });

  useEffect(() => {
    const queue: Queue = createDraftQueue<DraftContent>({
      save: (content, draftId) => saveDraft(place, content, draftId),
      onState: (state, failure) => {
        setSaveState(state);
        setError(failure === null ? null : toAppError(failure));
      },
    });
    queueRef.current = queue;
    let isGone = false;
    const loaded = loadDraft(place).then(
      (draft) => {
        if (isGone) return;
        queue.reset(draft?.id ?? null);
        latest.current.onLoad(draft, true);
        setLoaded(true);
      },
      (failure: unknown) => {
        if (!isGone) setError(toAppError(failure));
      },
    );
    const stops = [writeBeforeLeaving(place, queue), followDraft(latest, queue, loaded)];
    return () => {
      isGone = true;
      for (const stop of stops) stop();
    };
  }, [place]);

  const actions = useMemo(
    () => ({
      update: (content: DraftContent) => queueRef.current?.update(content),
      flush: () => queueRef.current?.flush() ?? Promise.resolve(true),
      draftId: () => queueRef.current?.draftId() ?? null,
      reset: () => queueRef.current?.reset(null),
    }),
    [],
  );
  return { isLoaded, saveState, error, ...actions };
}
