import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import type { ImportItem } from '../../../shared/contract/system.ts';
import type { DepartmentId, TicketId } from '../../../shared/model/ids.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { Actor } from '../domain/actor.ts';
import { judgeMail, type MailFacts, type MailKnowledge, type MailVerdict } from '../domain/mailVerdict.ts';
import { addressKey, sendableAddress } from '../mail/receive/addresses.ts';
import { sentAtOf } from '../mail/receive/mailDate.ts';
import type { MailAttachment, ParsedMail } from '../mail/receive/parsedMail.ts';
import { parseMail } from '../mail/receive/parseMail.ts';
import type { ServiceDeps } from './context.ts';
import { ensureCustomer } from './ensureCustomer.ts';
import { mailBodyOf } from './mailBody.ts';
import { customerOfMail, mailKnowledge } from './mailKnowledge.ts';
import type { FileForMessage, MessageAuthor } from './messageWriter.ts';
import { addMessage, createTicket, type TicketCreated } from './ticketWriter.ts';

const IMPORTER: Actor = { kind: 'system', name: 'Mail import' };
const FILES_AT_ONCE = 16;
const NO_SUBJECT = '(no subject)';

export interface MailToImport {
  /** All of it, or its start when it is too large to read. */
  readonly raw: Buffer;
  /** What the summary calls it: a file name, or `file.mbox #12`. */
  readonly source: string;
  /** Where new tickets go; the first department when left out. */
  readonly departmentId?: DepartmentId;
  /** Set when `raw` is only the start: gives the bytes that are kept. */
  readonly wholeMail?: () => Readable;
  /** A person lets it in that was kept aside: it leaves the suspended ones with the same step. */
  readonly isReleased?: boolean;
}

/** A mail that is read and whose bytes are durable; `applyMail` makes rows of it. */
export interface PreparedMail {
  readonly mail: MailToImport;
  readonly parsed: ParsedMail;
  readonly facts: MailFacts;
  readonly html: string;
  readonly files: readonly FileForMessage[];
  readonly rawSha256: string;
  /** What is on disk: nothing of a duplicate, the mail alone when it will be suspended, else its files as well. */
  readonly durable: 'nothing' | 'mail' | 'all';
}

/**
 * Makes a ticket, a reply or a suspended message of one mail: parse, bytes on disk, then one transaction with the
 * verdict (design §5). The same mail again is a duplicate. Errors: the store's (disk_full, …); a broken mail is
 * none.
 */
export async function importMail(deps: ServiceDeps, mail: MailToImport): Promise<Result<ImportItem>> {
  return applyMail(deps, await prepareMail(deps, mail));
}

/** Reads a mail and makes durable what it will need as far as the desk looks now. Throws what the disk throws. */
export async function prepareMail(deps: ServiceDeps, mail: MailToImport): Promise<PreparedMail> {
  const parsed = await parseMail(mail.raw);
  const facts = factsOf(parsed, mail);
  const { outcome } = judgeMail(facts, knowledge(deps, mail, facts));
  const durable = outcome === 'duplicate' ? 'nothing' : outcome === 'suspended' ? 'mail' : 'all';
  return makeDurable(
    deps,
    { mail, parsed, facts, html: '', files: [], rawSha256: '', durable: 'nothing' },
    durable,
  );
}

async function makeDurable(
  deps: ServiceDeps,
  prepared: PreparedMail,
  durable: PreparedMail['durable'],
): Promise<PreparedMail> {
  if (durable === 'nothing') return prepared;
  const { mail, parsed } = prepared;
  const body = durable === 'all' ? mailBodyOf(parsed) : { html: '', attachments: [] };
  const [raw, files] = await Promise.all([
    deps.files.put(mail.wholeMail?.() ?? mail.raw),
    storeFiles(deps, body.attachments),
  ]);
  return { ...prepared, html: body.html, files, rawSha256: raw.sha256, durable };
}

/** Judges the mail by what the desk knows now and writes what follows, in one transaction. */
export async function applyMail(deps: ServiceDeps, prepared: PreparedMail): Promise<Result<ImportItem>> {
  const ready = await completed(deps, prepared);
  const done = write(deps, ready);
  // The copy of a mail that came while this one was prepared, with other trace headers.
  const { rawSha256 } = ready;
  const isCopy = done.ok && done.value.outcome === 'duplicate' && rawSha256 !== '';
  if (isCopy) await deps.files.removeUnused(rawSha256, deps.store.purge.isUsed);
  return done;
}

function write(deps: ServiceDeps, ready: PreparedMail): Result<ImportItem> {
  try {
    const verdict = () => judgeMail(ready.facts, knowledge(deps, ready.mail, ready.facts));
    return deps.store.write(() => {
      const judged = verdict();
      if (ready.mail.isReleased) deps.store.mailIds.unsuspend(ready.facts.rawSha256);
      return apply({ ...ready, deps }, judged);
    });
  } finally {
    releaseFiles(deps, ready);
  }
}

function knowledge(deps: ServiceDeps, mail: MailToImport, { rawSha256 }: MailFacts): MailKnowledge {
  return mailKnowledge(deps.store, mail.isReleased ? rawSha256 : undefined);
}

/** Its rows are written, or it is not going to be applied: the files are no longer kept for it. */
function releaseFiles(deps: ServiceDeps, { rawSha256, files }: PreparedMail): void {
  deps.files.release([...(rawSha256 === '' ? [] : [rawSha256]), ...files.map((file) => file.sha256)]);
}

/** The mails before this one may have changed the verdict: what it now needs on disk is put there. */
async function completed(deps: ServiceDeps, prepared: PreparedMail): Promise<PreparedMail> {
  if (prepared.durable === 'all') return prepared;
  const { outcome } = judgeMail(prepared.facts, knowledge(deps, prepared.mail, prepared.facts));
  if (outcome === 'duplicate' || (outcome === 'suspended' && prepared.durable === 'mail')) return prepared;
  const complete = await makeDurable(deps, prepared, 'all');
  releaseFiles(deps, prepared);
  return complete;
}

type Intake = PreparedMail & { readonly deps: ServiceDeps };

/** A few at a time: each waits for the disk. */
async function storeFiles(
  deps: ServiceDeps,
  attachments: readonly MailAttachment[],
): Promise<FileForMessage[]> {
  const stored: FileForMessage[] = [];
  for (let at = 0; at < attachments.length; at += FILES_AT_ONCE) {
    const group = attachments.slice(at, at + FILES_AT_ONCE).map(async ({ content, ...file }) => {
      const { sha256, sizeBytes } = await deps.files.put(content);
      return { ...file, sha256, sizeBytes };
    });
    stored.push(...(await Promise.all(group)));
  }
  return stored;
}

function factsOf(mail: ParsedMail, { raw, wholeMail }: MailToImport): MailFacts {
  const hasBody = mail.body.length > 0 || mail.attachments.length > 0;
  return {
    mailId: mail.mailId,
    contentHash: mail.contentHash,
    rawSha256: wholeMail ? '' : createHash('sha256').update(raw).digest('hex'),
    referenceIds: mail.referenceIds,
    from: mail.from,
    subjectTicketIds: [...mail.subject.matchAll(/\[#(\d{1,15})\]/g)].map((match) => Number(match[1])),
    automatic: mail.automatic,
    report: mail.report,
    isBlank: mail.subject === '' && !hasBody,
    isHeaderTooLarge: mail.flags.includes('header_too_large'),
    isTooLarge: wholeMail !== undefined,
    isUnreadable: mail.flags.includes('unreadable'),
  };
}

function apply(intake: Intake, verdict: MailVerdict): Result<ImportItem> {
  const { source } = intake.mail;
  const reason = forPeople(verdict.trace);
  switch (verdict.outcome) {
    case 'duplicate':
      return ok({ source, outcome: 'duplicate', ticketId: verdict.ticketId, reason });
    case 'suspended':
      return suspend(intake, verdict.cause, verdict.trace);
    case 'new_ticket': {
      const created = newTicket(intake, verdict.mailId);
      return created.ok
        ? ok({ source, outcome: 'new_ticket', ticketId: created.value.ticketId, reason })
        : created;
    }
    case 'reply': {
      const added = newMessage(intake, verdict);
      return added.ok ? ok({ source, outcome: 'reply', ticketId: verdict.ticketId, reason }) : added;
    }
  }
}

function suspend(
  { deps, mail, parsed, rawSha256 }: Intake,
  cause: string,
  trace: readonly string[],
): Result<ImportItem> {
  const blocked =
    cause === 'blocked' && parsed.from ? customerOfMail(deps.store, parsed.from.email) : undefined;
  const isNew = deps.store.mailIds.suspend({
    cause,
    reason: JSON.stringify(trace),
    sender: parsed.from?.email ?? '',
    subject: parsed.subject,
    rawSha256,
    now: deps.clock.now(),
    customerId: blocked?.id ?? null,
  });
  // Their page in Setup lists it.
  if (blocked && isNew) deps.events.publish({ type: 'desk_changed', what: 'customers' });
  const reason = `${cause}: ${forPeople(trace)}`;
  return ok({
    source: mail.source,
    outcome: isNew ? 'suspended' : 'duplicate',
    ticketId: null,
    reason: isNew ? reason : `already suspended as ${reason}`,
  });
}

function newTicket(intake: Intake, mailId: string): Result<TicketCreated> {
  const { deps, parsed, mail } = intake;
  const { from } = parsed;
  const departmentId = mail.departmentId ?? deps.store.departments.all()[0]?.id;
  if (!from || departmentId === undefined)
    return err(appErrorOf(from ? 'department_not_found' : 'email_missing'));
  const customer = ensureCustomer(deps, IMPORTER, {
    email: sendableAddress(from.email),
    name: from.name,
    isFromMail: true,
  });
  if (!customer.ok) return customer;
  return createTicket(deps, IMPORTER, {
    ...messageOf(intake, mailId),
    customerId: customer.value,
    departmentId,
    subject: parsed.subject || NO_SUBJECT,
    author: { kind: 'customer' },
  });
}

function newMessage(
  intake: Intake,
  verdict: { ticketId: TicketId; mailId: string; keepsStatus: boolean },
): Result<TicketCreated> {
  const { ticketId, mailId, keepsStatus } = verdict;
  return addMessage(intake.deps, IMPORTER, {
    ...messageOf(intake, mailId),
    ticketId,
    author: authorOf(intake, ticketId),
    keepsStatus,
  });
}

function messageOf(intake: Intake, mailId: string) {
  const { deps, parsed, files } = intake;
  return {
    bodyHtml: intake.html,
    isPurified: true,
    files,
    bodyReferences: files.map(({ contentId, isInline }) =>
      isInline && contentId ? `cid:${contentId}` : null,
    ),
    source: 'import' as const,
    createdAt: sentAtOf(parsed.claimedAt, deps.clock.now()),
    rawSha256: intake.rawSha256,
    alongside: (written: TicketCreated) => recordIds(intake, mailId, written),
  };
}

/** The mail's own id, and those it names: a mail that arrives after its answer joins the same ticket (F2, F4). */
function recordIds(
  { deps, parsed }: Intake,
  mailId: string,
  { ticketId, messageId }: TicketCreated,
): Result<void> {
  const { mailIds } = deps.store;
  mailIds.insert({ mailId, ticketId, messageId, contentSha256: parsed.contentHash });
  for (const id of parsed.referenceIds)
    mailIds.insert({ mailId: id, ticketId, messageId: null, contentSha256: '' });
  return ok(undefined);
}

/** The ticket's customer, one of our staff, or someone else on the mail (F4). */
function authorOf({ deps, parsed }: Intake, ticketId: TicketId): MessageAuthor {
  const { from } = parsed;
  if (!from || mailKnowledge(deps.store).isRequester(ticketId, from.email)) return { kind: 'customer' };
  const staff = deps.store.staff.activeByEmail(addressKey(from.email));
  return staff ? { kind: 'staff', staffId: staff.id } : { kind: 'customer', name: from.name || from.email };
}

/** The verdict's reasons without the ids of the rules behind them, which the stored trace keeps. */
function forPeople(trace: readonly string[]): string {
  return trace.join('; ').replace(/ \([A-H]\d+(?:, [A-H]\d+)*\)/g, '');
}
