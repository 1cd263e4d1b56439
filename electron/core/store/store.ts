import type { AppError } from '../../../shared/contract/errors.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, type Result } from '../../../shared/util/result.ts';
import { createApiPages } from './apiPages.ts';
import type { Db } from './connection.ts';
import { createCounts } from './counts.ts';
import { createQueueReader } from './queues.ts';
import { createAboardRepository } from './repositories/aboard.ts';
import { createSessionRepository } from './repositories/access.ts';
import {
  createNoteRepository,
  createReadRepository,
  createTagRepository,
} from './repositories/annotations.ts';
import { createAwayReportRepository } from './repositories/awayReport.ts';
import { createChangeRepository } from './repositories/changes.ts';
import { createCustomerAddressRepository } from './repositories/customerAddresses.ts';
import { createCustomerRepository } from './repositories/customers.ts';
import { createDepartmentRepository } from './repositories/departments.ts';
import { createAppPasswordRepository, createDialectRepository } from './repositories/dialects.ts';
import { createDraftRepository, createUploadRepository } from './repositories/drafts.ts';
import { createFileLimitRepository } from './repositories/fileLimits.ts';
import { createMailOutboxRepository } from './repositories/mailOutbox.ts';
import { createMessageDifferenceRepository } from './repositories/messageDifferences.ts';
import { createAttachmentRepository, createMessageRepository } from './repositories/messages.ts';
import { createOperationRepository } from './repositories/operations.ts';
import { createOutboxRepository } from './repositories/outbox.ts';
import { createPlainSecretRepository } from './repositories/plainSecrets.ts';
import { createPurgeRepository } from './repositories/purge.ts';
import { createRecoveryRepository } from './repositories/recovery.ts';
import { createRemoteCheckRepository } from './repositories/remoteChecks.ts';
import { createRemoteContents } from './repositories/remoteContents.ts';
import { createRemoteDeskRepository } from './repositories/remoteDesk.ts';
import { createRemoteDirectory } from './repositories/remoteDirectory.ts';
import { createRemoteLostRepository } from './repositories/remoteLost.ts';
import { createRemoteFileRepository, createRemoteMessageRepository } from './repositories/remoteMessages.ts';
import { createRemoteTicketRepository } from './repositories/remoteTickets.ts';
import { createRepeatRepository } from './repositories/repeats.ts';
import { createSecretKeyRepository } from './repositories/secretKeys.ts';
import { createSessionListRepository } from './repositories/sessionList.ts';
import { createMailIdRepository, createSettingsRepository } from './repositories/settings.ts';
import { createSourceRepository } from './repositories/sources.ts';
import { createStaffRepository } from './repositories/staff.ts';
import { createTicketRepository } from './repositories/tickets.ts';
import { createTokenCallRepository } from './repositories/tokenCalls.ts';
import { createTokenRepository } from './repositories/tokens.ts';
import { createSearchIndex } from './search/searchIndex.ts';

/** The repositories of one open desk, over the one writer connection. */
export function createStore(db: Db) {
  const settings = createSettingsRepository(db);
  const waiting: (() => void)[] = [];
  // Made once: the binding builds four statements for each it is asked for.
  const transaction = db.transaction((body: () => void) => body()).immediate;
  return {
    db,
    settings,
    departments: createDepartmentRepository(db),
    staff: createStaffRepository(db),
    sessions: createSessionRepository(db),
    sessionList: createSessionListRepository(db),
    sources: createSourceRepository(db),
    recovery: createRecoveryRepository(db),
    secretKeys: createSecretKeyRepository(db),
    plainSecrets: createPlainSecretRepository(db),
    dialects: createDialectRepository(db),
    appPasswords: createAppPasswordRepository(db),
    tokens: createTokenRepository(db),
    tokenCalls: createTokenCallRepository(db),
    customers: createCustomerRepository(db),
    customerAddresses: createCustomerAddressRepository(db),
    tickets: createTicketRepository(db),
    messages: createMessageRepository(db),
    attachments: createAttachmentRepository(db),
    notes: createNoteRepository(db),
    tags: createTagRepository(db),
    reads: createReadRepository(db),
    drafts: createDraftRepository(db),
    uploads: createUploadRepository(db),
    operations: createOperationRepository(db),
    changes: createChangeRepository(db),
    mailIds: createMailIdRepository(db),
    mailOutbox: createMailOutboxRepository(db),
    repeats: createRepeatRepository(db),
    purge: createPurgeRepository(db),
    remoteDesk: createRemoteDeskRepository(db),
    remoteChecks: createRemoteCheckRepository(db),
    remoteLost: createRemoteLostRepository(db),
    remoteDirectory: createRemoteDirectory(db),
    remoteTickets: createRemoteTicketRepository(db),
    remoteMessages: createRemoteMessageRepository(db),
    remoteContents: createRemoteContents(db),
    remoteFiles: createRemoteFileRepository(db),
    outbox: createOutboxRepository(db),
    aboard: createAboardRepository(db),
    awayReport: createAwayReportRepository(db),
    messageDifferences: createMessageDifferenceRepository(db),
    fileLimits: createFileLimitRepository(db),
    queues: createQueueReader(db),
    counts: createCounts(db),
    apiPages: createApiPages(db),
    search: createSearchIndex(db),
    /**
     * Runs `work` in one transaction. An error value rolls everything back, like a throw does; what SQLite
     * itself refuses (disk full, damaged file) comes back as an error with its code. Nested calls are savepoints.
     * `repeatable`: what a power cut may take back, since it is brought in again; the disk is not waited for. What is
     * written after it is durable together with it.
     */
    write: <T>(work: () => Result<T>, kind: 'durable' | 'repeatable' = 'durable'): Result<T> => {
      const isOutermost = !db.inTransaction;
      const isEased = isOutermost && kind === 'repeatable';
      const already = waiting.length;
      let result: Result<T> | undefined;
      if (isEased) db.pragma('synchronous = NORMAL');
      try {
        result = write(transaction, work);
      } finally {
        if (isEased) db.pragma('synchronous = FULL');
        if (!result?.ok) {
          // What was rolled back is told to nobody, and the memory may be ahead of the file.
          waiting.length = already;
          settings.forget();
        }
      }
      if (isOutermost) for (const action of waiting.splice(0)) action();
      return result;
    },
    /** Runs `action` once what is being written is on disk; never when it is rolled back. */
    afterCommit: (action: () => void): void => {
      if (db.inTransaction) waiting.push(action);
      else action();
    },
    close: (): void => {
      db.close();
    },
  };
}
export type Store = ReturnType<typeof createStore>;

class Rollback extends Error {}

/** An inner error takes back the inner part only; the outer call decides about the rest. */
function write<T>(transaction: (body: () => void) => void, work: () => Result<T>): Result<T> {
  let result: Result<T> | undefined;
  try {
    transaction(() => {
      result = work();
      if (!result.ok) throw new Rollback();
    });
  } catch (error) {
    if (error instanceof Rollback && result) return result;
    const known = storeError(error);
    if (!known) throw error;
    return err(known);
  }
  if (!result) throw new Error('transaction without a result');
  return result;
}

/** The failures of SQLite that a person can do something about; undefined for the others (mistakes of ours). */
export function storeError(error: unknown): AppError | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return appErrorOf('disk_full');
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return appErrorOf('database_corrupt');
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return appErrorOf('database_busy');
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EROFS')
    return appErrorOf('folder_not_writable');
  return undefined;
}
