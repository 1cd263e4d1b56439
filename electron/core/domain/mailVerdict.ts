import type { TicketId } from '../../../shared/model/ids.ts';

export interface MailAddress {
  /** As written; compare with `addressKey`. */
  readonly email: string;
  /** '' when the sender gave none. */
  readonly name: string;
}

/** Why a mail is kept aside (email-checklist part H, those that importing can give). */
export type SuspendCause =
  | 'no_sender'
  | 'blank'
  | 'header_too_large'
  | 'too_large'
  | 'parse_failed'
  | 'delivery_failure'
  | 'auto_reply'
  | 'out_of_office'
  | 'blocked';

/**
 * How far a machine wrote this (part D): `reply` answers something (vacation notes), `notice` is news by itself
 * (alerts, newsletters), `maybe` looks like an out-of-office note by its subject alone (D9).
 */
export type AutomaticKind = 'reply' | 'notice' | 'maybe';

/** What the verdict has to know about the mail. */
export interface MailFacts {
  readonly mailId: string;
  /** From sender, date, subject and body bytes: the same for every delivery of the same mail. */
  readonly contentHash: string;
  /** Of the bytes as they came; '' while they are not known. */
  readonly rawSha256: string;
  /** Ids of earlier mails, the most telling first. */
  readonly referenceIds: readonly string[];
  readonly from: MailAddress | null;
  /** `[#N]` in the subject, in order. */
  readonly subjectTicketIds: readonly number[];
  readonly automatic: AutomaticKind | null;
  /** A report about mail: a bounce, a read receipt or a complaint. */
  readonly report: 'bounce' | 'receipt' | 'complaint' | null;
  readonly isBlank: boolean;
  readonly isHeaderTooLarge: boolean;
  readonly isTooLarge: boolean;
  readonly isUnreadable: boolean;
}

/** What the verdict asks the desk. */
export interface MailKnowledge {
  /**
   * The ticket and content that this Message-ID was stored with; null when it is new. Content '' = the mail was
   * only named by another one of that ticket and hasn't come itself.
   */
  mailById(mailId: string): { ticketId: TicketId; contentHash: string } | null;
  /** True when exactly these bytes lie among the suspended messages. */
  isSuspended(rawSha256: string): boolean;
  /** True for a ticket that is neither deleted nor in the trash. */
  isLive(ticketId: TicketId): boolean;
  /** True when this address is the ticket's customer. */
  isRequester(ticketId: TicketId, email: string): boolean;
  /** True when this address is a customer's who is blocked. */
  isBlocked(email: string): boolean;
}

export type MailVerdict = { readonly trace: readonly string[] } & (
  | { readonly outcome: 'duplicate'; readonly ticketId: TicketId | null }
  | {
      readonly outcome: 'reply';
      readonly ticketId: TicketId;
      readonly mailId: string;
      readonly keepsStatus: boolean;
    }
  | { readonly outcome: 'new_ticket'; readonly mailId: string }
  | { readonly outcome: 'suspended'; readonly cause: SuspendCause }
);

/**
 * What becomes of a mail, with the reasons (email-checklist F1: order of evidence; F12–F14: duplicates; part D:
 * automatic mail). Pure; the same mail twice gives `duplicate`, so an import can be repeated.
 */
export function judgeMail(mail: MailFacts, desk: MailKnowledge): MailVerdict {
  const trace: string[] = [];
  const known = judgeIdentity(mail, desk, trace);
  if ('outcome' in known) return known;
  const cause = suspendCause(mail, trace) ?? blockedCause(mail, desk, trace);
  if (cause) return { outcome: 'suspended', cause, trace };
  const ticketId = findThread(mail, desk, trace);
  if (ticketId !== null)
    return { outcome: 'reply', ticketId, mailId: known.mailId, keepsStatus: keepsStatus(mail, trace), trace };
  if (mail.automatic === 'reply') {
    trace.push('an automatic answer to nothing known here: no ticket (D1, D16)');
    return { outcome: 'suspended', cause: 'auto_reply', trace };
  }
  if (mail.automatic === 'maybe') {
    trace.push('looks like an out-of-office note and belongs to no ticket (D9)');
    return { outcome: 'suspended', cause: 'out_of_office', trace };
  }
  trace.push('no earlier mail of a ticket is named: new ticket');
  return { outcome: 'new_ticket', mailId: known.mailId, trace };
}

/** The id under which a second, different mail with a used Message-ID is kept (F14). */
export function reusedMailId(mailId: string, contentHash: string): string {
  return `${mailId}#${contentHash.slice(0, 16)}`;
}

function judgeIdentity(
  mail: MailFacts,
  desk: MailKnowledge,
  trace: string[],
): MailVerdict | { mailId: string } {
  if (mail.rawSha256 !== '' && desk.isSuspended(mail.rawSha256)) {
    trace.push('this mail is suspended already: a person decides about it');
    return { outcome: 'duplicate', ticketId: null, trace };
  }
  const first = desk.mailById(mail.mailId);
  if (!first || first.contentHash === '') return { mailId: mail.mailId };
  if (first.contentHash === mail.contentHash) {
    trace.push('this Message-ID is here already with the same content (F12)');
    return { outcome: 'duplicate', ticketId: first.ticketId, trace };
  }
  const mailId = reusedMailId(mail.mailId, mail.contentHash);
  const second = desk.mailById(mailId);
  if (second) {
    trace.push('this mail with a reused Message-ID is here already (F14)');
    return { outcome: 'duplicate', ticketId: second.ticketId, trace };
  }
  trace.push('this Message-ID was used before for another mail: kept as a new message (F14)');
  return { mailId };
}

function suspendCause(mail: MailFacts, trace: string[]): SuspendCause | null {
  if (mail.isHeaderTooLarge)
    return because(trace, 'header_too_large', 'the header block is larger than 256 KiB (A3)');
  if (mail.isTooLarge)
    return because(trace, 'too_large', 'larger than what is read; its bytes are kept (B24)');
  if (mail.isUnreadable)
    return because(trace, 'parse_failed', 'the message could not be read; its bytes are kept (R2)');
  if (mail.report === 'bounce')
    return because(trace, 'delivery_failure', 'a delivery report, not a customer’s words (E1, E8)');
  if (mail.report === 'receipt') return because(trace, 'auto_reply', 'a read receipt is no ticket (D15)');
  if (mail.report === 'complaint')
    return because(trace, 'auto_reply', 'a complaint report of a mail provider is no ticket (E6)');
  if (!mail.from)
    return because(trace, 'no_sender', 'neither From nor Sender nor Return-Path names an address (A7)');
  return mail.isBlank ? because(trace, 'blank', 'no subject, no text, no attachment (A5)') : null;
}

function blockedCause(mail: MailFacts, desk: MailKnowledge, trace: string[]): SuspendCause | null {
  return mail.from && desk.isBlocked(mail.from.email)
    ? because(trace, 'blocked', 'the sender is a customer who is blocked')
    : null;
}

function because(trace: string[], cause: SuspendCause, reason: string): SuspendCause {
  trace.push(reason);
  return cause;
}

function findThread(mail: MailFacts, desk: MailKnowledge, trace: string[]): TicketId | null {
  const named = desk.mailById(mail.mailId);
  if (named?.contentHash === '' && desk.isLive(named.ticketId)) {
    trace.push(`a mail of ticket #${named.ticketId} answers this one (F4)`);
    return named.ticketId;
  }
  for (const id of mail.referenceIds) {
    const earlier = desk.mailById(id);
    if (!earlier) continue;
    if (desk.isLive(earlier.ticketId)) {
      trace.push(`names the mail <${id}> of ticket #${earlier.ticketId} (F1)`);
      return earlier.ticketId;
    }
    trace.push(`names the mail <${id}> of ticket #${earlier.ticketId}, which is deleted (F7)`);
  }
  return findBySubject(mail, desk, trace);
}

function findBySubject(mail: MailFacts, desk: MailKnowledge, trace: string[]): TicketId | null {
  for (const number of mail.subjectTicketIds) {
    const ticketId = number as TicketId;
    if (mail.from && desk.isLive(ticketId) && desk.isRequester(ticketId, mail.from.email)) {
      trace.push(`the subject names ticket #${number} and the sender is its customer (F1)`);
      return ticketId;
    }
    trace.push(`the subject names #${number}, but the sender is not the customer of such a ticket (F6)`);
  }
  return null;
}

function keepsStatus(mail: MailFacts, trace: string[]): boolean {
  if (mail.automatic === null) return false;
  trace.push('written by a machine: the ticket’s status stays (D1)');
  return true;
}
