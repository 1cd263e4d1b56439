import type {
  AttachmentId,
  CustomerId,
  DepartmentId,
  MessageId,
  TicketId,
} from '../../../shared/model/ids.ts';
import { FIRST_LOCAL_ID } from '../store/repositories/remoteDesk.ts';
import type { RemoteTable } from '../store/repositories/remoteTickets.ts';
import type { ServiceDeps } from './context.ts';

export type { RemoteTable };

interface Ids extends Record<RemoteTable, number> {
  tickets: TicketId;
  messages: MessageId;
  attachments: AttachmentId;
  customers: CustomerId;
  departments: DepartmentId;
}

/**
 * The number by which people and programs know a row: in a remote workspace the server's, once it has one. What is
 * born here is known by a provisional one until then (design §6).
 */
export function shownId({ store }: Pick<ServiceDeps, 'store'>, table: RemoteTable, id: number): number {
  return id < FIRST_LOCAL_ID ? id : (store.remoteTickets.remoteId(table, id) ?? id);
}

/**
 * The row that a number means: the server's number first, else our own. A provisional one keeps meaning its row for
 * ever: programs remember what they were told. It need not exist.
 */
export function localId<T extends RemoteTable>(
  { store }: Pick<ServiceDeps, 'store'>,
  table: T,
  shown: number,
): Ids[T] {
  return (store.remoteTickets.localId(table, shown) ?? shown) as Ids[T];
}
