import type { HttpFetch } from '../../../ports/httpFetch.ts';
import {
  isPermissionMissing,
  type Remote,
  type RemoteCustomer,
  type RemoteResult,
  type RemoteTicket,
  type UploadWatch,
} from '../../remote.ts';
import { readAnswer } from './answer.ts';
import { isPassing, readBusy } from './busy.ts';
import { type Call, type Form, madeId, map } from './calling.ts';
import { directoryWrites } from './directoryWrites.ts';
import { decodeEntities } from './entities.ts';
import { multipartForm } from './form.ts';
import type { Throttle } from './throttle.ts';
import * as wire from './wire.ts';

export interface HelpdeskzOptions {
  readonly fetch: HttpFetch;
  /** Of the site, without `/api`; a slash at its end does not matter. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly ca?: string;
  /** A boundary that no body contains. */
  readonly boundary: () => string;
  /** Shared by everything that asks this server. */
  readonly throttle: Throttle;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

/** Beyond it an answer is no page of an API: pages of 20 000 tickets are 5 MB (behaviour.md 3.7). */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** The largest file that fits into an answer: it comes as base64 in JSON (2.6). */
export const MAX_FILE_BYTES = (MAX_ANSWER_BYTES / 4) * 3 - 64 * 1024;

/** A reading that fails in passing is made so often, at most. */
const MOST_READINGS = 3;

function createCall(options: HelpdeskzOptions): Call {
  const { throttle, now } = options;
  const base = `${options.url.replace(/\/+$/, '')}/api`;
  const send = createSend(options, base);
  return async (path, schema, form, watch) => {
    const isRead = form === undefined;
    for (let attempt = 1; ; attempt++) {
      const pausedMs = await throttle.enter();
      if (pausedMs !== null) return later(pausedMs, 'It had asked for a pause.');
      const exchange = await send(path, form, watch);
      const busy = readBusy(exchange, isRead, now());
      const isTired = isPassing(exchange);
      throttle.leave(busy !== null || isTired);
      const mayRepeat = isRead && attempt < MOST_READINGS;
      if (busy) {
        const afterMs = throttle.pause(busy.afterMs);
        if (!mayRepeat) return later(afterMs, busy.detail);
      } else if (isTired && mayRepeat) await throttle.rest(attempt);
      else return readAnswer(exchange, schema, `${base}/${path}`);
    }
  };
}

const later = (afterMs: number, detail: string): RemoteResult<never> => ({
  ok: false,
  error: { kind: 'later', afterMs, detail },
});

function createSend({ fetch, token, timeoutMs, ca, boundary }: HelpdeskzOptions, base: string) {
  return (path: string, form: Form | undefined, watch: UploadWatch | undefined) => {
    const { contentType, ...content } = form
      ? multipartForm(form.fields, form.files, boundary())
      : { contentType: undefined };
    return fetch(
      {
        method: form ? 'POST' : 'GET',
        url: `${base}/${path}`,
        headers: { Token: token, ...(contentType === undefined ? {} : { 'Content-Type': contentType }) },
        ...content,
        ...(ca === undefined ? {} : { ca }),
        reuse: true,
        maxBytes: MAX_ANSWER_BYTES,
      },
      { timeoutMs, ...watch },
    );
  };
}

const query = (values: Readonly<Record<string, number | undefined>>): string =>
  Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    .join('&');

const ticketOf = (row: wire.WireTicket): RemoteTicket => ({
  id: row.id,
  customerId: row.user_id,
  departmentId: row.department_id,
  subject: row.subject,
  createdAtS: row.date,
  lastUpdateS: row.last_update,
  status: row.status,
  replies: row.replies,
  customerName: decodeEntities(row.user_fullname),
});

const customerOf = ({ id, fullname, email }: wire.WireUser): RemoteCustomer => ({
  id,
  name: decodeEntities(fullname),
  email: decodeEntities(email),
});

/** HelpDeskZ 2.x through its REST API: the only place that knows its wire (behaviour.md parts 2 and 3). */
export function createHelpdeskzRemote(options: HelpdeskzOptions): Remote {
  const call = createCall(options);
  return { ...reads(call), ...lists(call), ...access(call), ...writes(call), ...directoryWrites(call) };
}

function reads(call: Call) {
  return {
    listTickets: async ({ page, status, customerId, departmentId }) =>
      map(
        await call(
          `tickets?${query({ page, status, user_id: customerId, department_id: departmentId })}`,
          wire.ticketPage,
        ),
        ({ total_tickets: total, pages, tickets }) => ({ total, pages, tickets: tickets.map(ticketOf) }),
      ),
    showTicket: async (id) =>
      map(await call(`tickets/show/${id}`, wire.ticketShow), ({ ticket }) => ticketOf(ticket)),
    showMessages: async (ticketId, page) =>
      map(
        await call(`messages/show/${ticketId}?${query({ page })}`, wire.messagePage),
        ({ total_replies: total, pages, messages }) => ({
          total,
          pages,
          messages: messages.map((row) => ({
            id: row.id,
            createdAtS: row.date,
            isCustomer: row.customer === '1',
            staffId: row.staff_id,
            bodyHtml: row.message,
          })),
        }),
      ),
    listFiles: async (messageId) =>
      map(
        await call(messageId === null ? 'attachments' : `attachments?msg_id=${messageId}`, wire.fileList),
        ({ files }) =>
          files.map(({ id, name, filetype, msg_id, size }) => ({
            id,
            name,
            mediaType: filetype,
            messageId: msg_id,
            sizeBytes: size,
          })),
      ),
    downloadFile: async (id) =>
      map(await call(`attachments/show/${id}`, wire.fileShow), ({ content }) =>
        Buffer.from(content, 'base64'),
      ),
  } satisfies Partial<Remote>;
}

function lists(call: Call) {
  return {
    listCustomers: async (page) =>
      map(await call(`users?${query({ page })}`, wire.userPage), ({ total_users, total_pages, users }) => ({
        total: total_users,
        pages: total_pages,
        customers: users.map(customerOf),
      })),
    showCustomer: async (id) =>
      map(await call(`users/show/${id}`, wire.userShow), ({ user_data }) => customerOf(user_data)),
    findCustomer: async (email) =>
      map(await call(`users?email=${encodeURIComponent(email)}`, wire.userShow), ({ user_data }) =>
        customerOf(user_data),
      ),
    listDepartments: async () =>
      map(await call('departments', wire.departmentList), ({ departments }) =>
        departments.map(({ id, name, private: flag }) => ({
          id,
          name: decodeEntities(name),
          isPrivate: flag === '1',
        })),
      ),
    listStaff: async () =>
      map(await call('staff', wire.staffList), ({ users }) =>
        users.map(({ id, username, fullname, email }) => ({ id, username, name: fullname, email })),
      ),
  } satisfies Partial<Remote>;
}

/** No row has this id: it does not fit into the columns of ids (behaviour.md 1). */
const NOBODY = 9_999_999_999;
/**
 * Calls that change nothing whatever the token may: the permission is checked before the fields (behaviour.md 2.1), and
 * deleting what is not there says «not found» (2.2 to 2.6).
 */
const HARMLESS_READS = [
  'departments',
  'users?page=1',
  'messages/show/0',
  'attachments?msg_id=0',
  'attachments/show/0',
];
const HARMLESS_WRITES = [
  'users/create',
  'tickets/create',
  'messages/create',
  'tickets/update/0',
  'users/update/0',
  'departments/create',
  'departments/update/0',
  ...['users', 'departments', 'tickets', 'attachments'].map((resource) => `${resource}/delete/${NOBODY}`),
];

function access(call: Call) {
  return {
    signIn: async ({ username, password, code }) => {
      const fields = { username, password, ip_address: '127.0.0.1', ...(code ? { two_factor: code } : {}) };
      return map(await call('staff/auth', wire.acknowledged, { fields, files: null }), () => undefined);
    },
    isStaffActive: async (id) => {
      // A reply to no ticket is refused with all that is wrong with it, its writer included (behaviour.md 2.1, 2.4).
      const fields = { replier: 'staff', staff_id: String(id) };
      const answer = await call('messages/create', wire.acknowledged, { fields, files: null });
      if (answer.ok || isPermissionMissing(answer.error)) return { ok: true, value: null };
      if (answer.error.kind !== 'refused') return answer;
      return { ok: true, value: !answer.error.detail.includes('Staff ID not found.') };
    },
    missingPermissions: async () => {
      const empty = { fields: {}, files: null };
      const missing: string[] = [];
      for (const path of [...HARMLESS_READS, ...HARMLESS_WRITES]) {
        const form = HARMLESS_WRITES.includes(path) ? empty : undefined;
        const answer = await call(path, wire.acknowledged, form);
        if (!answer.ok && isPermissionMissing(answer.error))
          missing.push(answer.error.detail.replace(/^Permission not allowed: /, ''));
      }
      return missing;
    },
  } satisfies Partial<Remote>;
}

const author = (staffId: number | null, role: 'opener' | 'replier'): Record<string, string> =>
  staffId === null ? { [role]: 'user' } : { [role]: 'staff', staff_id: String(staffId) };

function writes(call: Call) {
  return {
    createTicket: async ({ customerId, departmentId, subject, bodyHtml, staffId, files, notify }, watch) => {
      const fields = {
        ...author(staffId, 'opener'),
        user_id: String(customerId),
        department_id: String(departmentId),
        subject,
        body: bodyHtml,
        ...(notify ? { notify: '1' } : {}),
      };
      return madeId(
        map(
          await call('tickets/create', wire.ticketCreated, { fields, files }, watch),
          ({ ticket_id }) => ticket_id,
        ),
      );
    },
    createMessage: async ({ ticketId, bodyHtml, staffId, close, files }, watch) => {
      const fields = {
        ...author(staffId, 'replier'),
        ticket_id: String(ticketId),
        message: bodyHtml,
        ...(close ? { close: '1' } : {}),
      };
      return map(await call('messages/create', wire.acknowledged, { fields, files }, watch), () => undefined);
    },
    updateTicket: async (id, { status, departmentId }) => {
      // `status` is what works, `status_id` what is documented (fact 6).
      const fields = {
        ...(status === undefined ? {} : { status: String(status), status_id: String(status) }),
        ...(departmentId === undefined ? {} : { department_id: String(departmentId) }),
      };
      return map(
        await call(`tickets/update/${id}`, wire.acknowledged, { fields, files: null }),
        () => undefined,
      );
    },
  } satisfies Partial<Remote>;
}
