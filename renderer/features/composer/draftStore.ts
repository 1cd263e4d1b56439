import type { Draft, NewTicketFields } from '../../../shared/contract/drafts.ts';
import type { DraftId, TicketId, UploadId } from '../../../shared/model/ids.ts';
import { trpcClient } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { isEmptyHtml } from './cleanHtml.ts';
import { saveBeforeLeaving } from './leaving.ts';

/** Which draft: of a ticket and kind (one per person), or a new ticket's. */
export type DraftPlace =
  | { readonly kind: 'reply' | 'note'; readonly ticketId: TicketId }
  | { readonly kind: 'new_ticket'; readonly draftId: DraftId | null };

export type DraftContent = {
  readonly bodyHtml: string;
  readonly newTicket: NewTicketFields | null;
  readonly uploadIds: readonly UploadId[];
};

function saveInput(place: DraftPlace, content: DraftContent, draftId: DraftId | null) {
  return {
    draftId,
    kind: place.kind,
    ticketId: place.kind === 'new_ticket' ? null : place.ticketId,
    bodyHtml: content.bodyHtml,
    newTicket: content.newTicket,
    uploadIds: [...content.uploadIds],
  };
}

function hasWords(fields: NewTicketFields | null): boolean {
  if (!fields) return false;
  return (
    fields.customerId !== null || `${fields.customerEmail}${fields.customerName}${fields.subject}` !== ''
  );
}

/** Nothing typed and nothing attached: there is nothing to keep. */
function isEmptyDraft(content: DraftContent): boolean {
  return isEmptyHtml(content.bodyHtml) && content.uploadIds.length === 0 && !hasWords(content.newTicket);
}

const isGone = (error: unknown): boolean => toAppError(error).code === 'draft_not_found';

async function discard(draftId: DraftId): Promise<void> {
  try {
    await trpcClient.drafts.discard.mutate({ draftId });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Saves a draft, or removes one that was emptied. What another window sent or discarded begins anew. */
export async function saveDraft(
  place: DraftPlace,
  content: DraftContent,
  draftId: DraftId | null,
): Promise<DraftId | null> {
  if (isEmptyDraft(content)) {
    if (draftId !== null) await discard(draftId);
    return null;
  }
  try {
    return (await trpcClient.drafts.save.mutate(saveInput(place, content, draftId))).draft.id;
  } catch (error) {
    if (draftId === null || !isGone(error)) throw error;
    return (await trpcClient.drafts.save.mutate(saveInput(place, content, null))).draft.id;
  }
}

// fetch refuses larger keepalive bodies (Fetch standard, «in-flight keepalive bytes»).
const KEEPALIVE_BYTES = 60_000;

/** The last write of a window that is closing: nobody is left to wait for the answer. */
export function saveDraftOnClose(place: DraftPlace, content: DraftContent, draftId: DraftId | null): void {
  if (isEmptyDraft(content) && draftId === null) return;
  const isEmpty = isEmptyDraft(content);
  const body = JSON.stringify(isEmpty ? { draftId } : saveInput(place, content, draftId));
  void fetch(`/trpc/drafts.${isEmpty ? 'discard' : 'save'}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    keepalive: new Blob([body]).size <= KEEPALIVE_BYTES,
  }).catch(() => undefined);
}

function keyOf(place: DraftPlace): string {
  return place.kind === 'new_ticket' ? `new:${place.draftId}` : `${place.kind}:${place.ticketId}`;
}

const closing = new Map<string, Promise<unknown>>();

/** Remembers that a composer's last save is under way: who opens the same draft again waits for it. */
export function rememberClosing(place: DraftPlace, closed: Promise<boolean>): void {
  const key = keyOf(place);
  const stop = saveBeforeLeaving(() => closed);
  const settled = closed.finally(() => {
    stop();
    if (closing.get(key) === settled) closing.delete(key);
  });
  closing.set(key, settled);
}

/** The draft as the core has it, never from a cache; null = nothing written yet. */
export async function loadDraft(place: DraftPlace): Promise<Draft | null> {
  await closing.get(keyOf(place))?.catch(() => undefined);
  if (place.kind !== 'new_ticket') {
    const { draft } = await trpcClient.drafts.get.query({ ticketId: place.ticketId, kind: place.kind });
    return draft;
  }
  if (place.draftId === null) return null;
  const { drafts } = await trpcClient.drafts.list.query();
  return drafts.find((draft) => draft.id === place.draftId) ?? null;
}
