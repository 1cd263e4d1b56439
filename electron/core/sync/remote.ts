import type { ErrorCode } from '../../../shared/contract/errors.ts';

/** What a remote helpdesk tells, in our words; ids are the remote's, times its Unix seconds. */
export interface RemoteTicket {
  readonly id: number;
  readonly customerId: number;
  readonly departmentId: number;
  readonly subject: string;
  readonly createdAtS: number;
  readonly lastUpdateS: number;
  readonly status: number;
  readonly replies: number;
  readonly customerName: string;
}

export interface RemoteMessage {
  readonly id: number;
  readonly createdAtS: number;
  readonly isCustomer: boolean;
  readonly staffId: number;
  readonly bodyHtml: string;
}

export interface RemoteFile {
  readonly id: number;
  readonly name: string;
  readonly mediaType: string;
  readonly messageId: number;
  readonly sizeBytes: number;
}

export interface RemoteCustomer {
  readonly id: number;
  readonly name: string;
  readonly email: string;
}

export interface RemoteDepartment {
  readonly id: number;
  readonly name: string;
  readonly isPrivate: boolean;
}

export type DepartmentValues = Pick<RemoteDepartment, 'name' | 'isPrivate'>;

export interface RemoteStaff {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly email: string;
}

export interface TicketPage {
  readonly total: number;
  readonly pages: number;
  readonly tickets: readonly RemoteTicket[];
}

export interface MessagePage {
  readonly total: number;
  readonly pages: number;
  readonly messages: readonly RemoteMessage[];
}

export interface CustomerPage {
  readonly total: number;
  readonly pages: number;
  readonly customers: readonly RemoteCustomer[];
}

/** A file on its way out; its bytes are read while it is sent, from the beginning each time. */
export interface FileToSend {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  read(): AsyncIterable<Uint8Array>;
}

/** What went wrong, where a person can do something about it: one of this program's codes. */
export type FailureCause = Extract<
  ErrorCode,
  | 'remote_name_unknown'
  | 'remote_no_connection'
  | 'remote_proxy_unsupported'
  | 'remote_proxy_refused'
  | 'remote_too_slow'
  | 'remote_certificate_self_signed'
  | 'remote_certificate_expired'
  | 'remote_certificate_other_host'
  | 'remote_certificate_unknown'
  | 'remote_tls_failed'
  | 'remote_redirects'
  | 'remote_web_page'
  | 'remote_unavailable'
  | 'remote_blocked'
  | 'remote_broken'
  | 'remote_other_system'
  | 'remote_changed'
  | 'upload_stopped'
  | 'upload_broke'
>;

/**
 * What a remote has against the files of a message: one of them (it does not say which, or why), its size, or all of
 * them together, so that nothing of the message arrived.
 */
export type FileRefusal =
  | { readonly about: 'file' | 'message' }
  | { readonly about: 'size'; readonly mostBytes: number };

/**
 * What became of a call. `not_sent`: nothing left this machine, safe to repeat. `no_answer`: it left, and nobody
 * knows whether it was done. `later`: it did nothing and wants to be asked again, in so many milliseconds. `denied`:
 * the remote does not let us in. `refused`: it said no, nothing was done. `unreadable`: a file broke off here while it
 * was sent, nothing was done.
 */
export type RemoteFailure =
  | { readonly kind: 'not_sent'; readonly detail: string; readonly cause?: FailureCause }
  | {
      readonly kind: 'no_answer';
      readonly detail: string;
      readonly cause?: FailureCause;
      /** The address of the site that the caller was sent on to. */
      readonly leadsTo?: string;
    }
  | { readonly kind: 'later'; readonly afterMs: number; readonly detail: string }
  | {
      readonly kind: 'denied';
      readonly reason: 'token' | 'address' | 'permission';
      readonly detail: string;
    }
  | { readonly kind: 'refused'; readonly detail: string; readonly files?: FileRefusal }
  | { readonly kind: 'unreadable'; readonly detail: string }
  | { readonly kind: 'not_found'; readonly detail: string };

/** The remote answers, but this token may not do that: other things go on. */
export const isPermissionMissing = (failure: RemoteFailure): boolean =>
  failure.kind === 'denied' && failure.reason === 'permission';

const STRANGERS: ReadonlySet<FailureCause | undefined> = new Set<FailureCause>([
  'remote_web_page',
  'remote_redirects',
  'remote_blocked',
  'remote_other_system',
]);

/** Something else answers in the remote's place, such as a network that wants a sign-in: nothing more is told to it. */
export const isStranger = (failure: RemoteFailure): boolean =>
  failure.kind === 'no_answer' && STRANGERS.has(failure.cause);

export type RemoteResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: RemoteFailure };

export interface NewRemoteTicket {
  readonly customerId: number;
  readonly departmentId: number;
  readonly subject: string;
  readonly bodyHtml: string;
  /** null = the customer speaks. */
  readonly staffId: number | null;
  readonly files: readonly FileToSend[];
  /** The remote tells the customer that the ticket exists. */
  readonly notify: boolean;
}

export interface NewRemoteMessage {
  readonly ticketId: number;
  readonly bodyHtml: string;
  readonly staffId: number | null;
  readonly close: boolean;
  readonly files: readonly FileToSend[];
}

/** Follows a message with files on its way. */
export interface UploadWatch {
  /** Breaks it off. */
  readonly signal: AbortSignal;
  readonly onSent: (sentBytes: number) => void;
}

/** A sign-in as the remote checks it; a wrong one counts there towards a lock. */
export interface RemoteSignIn {
  readonly username: string;
  readonly password: string;
  readonly code?: string | undefined;
}

/** A helpdesk elsewhere. Adapters live in `remotes/`, and only they know its wire. */
export interface Remote {
  listTickets(options: {
    page: number;
    status?: number;
    customerId?: number;
    departmentId?: number;
  }): Promise<RemoteResult<TicketPage>>;
  showTicket(id: number): Promise<RemoteResult<RemoteTicket>>;
  showMessages(ticketId: number, page: number): Promise<RemoteResult<MessagePage>>;
  /** Of one message, or all there are. */
  listFiles(messageId: number | null): Promise<RemoteResult<readonly RemoteFile[]>>;
  downloadFile(id: number): Promise<RemoteResult<Uint8Array>>;
  listCustomers(page: number): Promise<RemoteResult<CustomerPage>>;
  showCustomer(id: number): Promise<RemoteResult<RemoteCustomer>>;
  findCustomer(email: string): Promise<RemoteResult<RemoteCustomer>>;
  listDepartments(): Promise<RemoteResult<readonly RemoteDepartment[]>>;
  listStaff(): Promise<RemoteResult<readonly RemoteStaff[]>>;
  signIn(account: RemoteSignIn): Promise<RemoteResult<void>>;
  /** Whether the remote lets this staff member write; null when it does not say. Asked without any effect. */
  isStaffActive(id: number): Promise<RemoteResult<boolean | null>>;
  /** What this desk would do and the token may not, in the remote's words; asked without any effect. */
  missingPermissions(): Promise<string[]>;
  /** `notify`: the remote greets them by mail. */
  createCustomer(customer: { name: string; email: string; notify: boolean }): Promise<RemoteResult<number>>;
  updateCustomer(id: number, email: string): Promise<RemoteResult<void>>;
  /** With all their tickets. */
  deleteCustomer(id: number): Promise<RemoteResult<void>>;
  createDepartment(department: DepartmentValues): Promise<RemoteResult<number>>;
  updateDepartment(id: number, department: DepartmentValues): Promise<RemoteResult<void>>;
  /** With all its tickets. */
  deleteDepartment(id: number): Promise<RemoteResult<void>>;
  deleteTicket(id: number): Promise<RemoteResult<void>>;
  deleteFile(id: number): Promise<RemoteResult<void>>;
  createTicket(ticket: NewRemoteTicket, watch?: UploadWatch): Promise<RemoteResult<number>>;
  createMessage(message: NewRemoteMessage, watch?: UploadWatch): Promise<RemoteResult<void>>;
  updateTicket(id: number, change: { status?: number; departmentId?: number }): Promise<RemoteResult<void>>;
}
