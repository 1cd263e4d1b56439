import type { StaffId } from '../../../../shared/model/ids.ts';
import {
  type AuthorKind,
  STATUS,
  type TicketPriority,
  type TicketStatus,
} from '../../../../shared/model/ticket.ts';
import type { BulkAttachment, BulkMessage, BulkTicket } from '../../store/bulk.ts';
import type { DemoFile } from './demoFiles.ts';
import type { DemoAgent, DemoDepartment, DeskPlan } from './deskPlan.ts';
import { fillPhrase, inventFacts } from './fillPhrase.ts';
import type { DemoCustomer } from './people.ts';
import type { Random } from './random.ts';
import { type Voice, writeAnswer, writeFollowUp, writeQuestion } from './writeBody.ts';

export interface TicketOrder {
  readonly customer: DemoCustomer;
  readonly createdAt: number;
  /** Nothing happens after this. */
  readonly now: number;
  /** Recent tickets are mostly still in work, old ones mostly closed. */
  readonly isRecent: boolean;
  /** Exactly this many messages; missing: 1 to 20. */
  readonly messages?: number | undefined;
}

const HOUR_MS = 3_600_000;

function pickStatus(random: Random, isRecent: boolean): TicketStatus {
  const place = random.next();
  if (isRecent) {
    if (place < 0.4) return STATUS.closed;
    if (place < 0.6) return STATUS.answered;
    if (place < 0.78) return STATUS.awaitingReply;
    return place < 0.92 ? STATUS.open : STATUS.inProgress;
  }
  if (place < 0.965) return STATUS.closed;
  if (place < 0.985) return STATUS.answered;
  if (place < 0.994) return STATUS.awaitingReply;
  return place < 0.997 ? STATUS.open : STATUS.inProgress;
}

function pickPriority(random: Random): TicketPriority {
  const place = random.next();
  if (place < 0.5) return 1;
  if (place < 0.8) return 2;
  if (place < 0.92) return 3;
  if (place < 0.97) return 4;
  return place < 0.99 ? 5 : 6;
}

function pickDepartment(random: Random, plan: DeskPlan): DemoDepartment {
  const place = random.next();
  return plan.departments.find((department) => place < department.upTo) ?? plan.departments[0];
}

/** Most threads are short, some go on and on. */
function pickLength(random: Random): number {
  let length = 1;
  while (length < 20 && random.chance(length === 1 ? 0.82 : 0.68)) length += 1;
  return length;
}

/** Who writes when: the last voice fits the status as HelpDeskZ's machine would have set it (behaviour.md 3.4). */
function authorsOf(random: Random, status: TicketStatus, length: number): AuthorKind[] {
  const authors: AuthorKind[] = ['customer'];
  for (let place = 1; place < length - 1; place++) {
    authors.push(status !== STATUS.open && random.chance(0.55) ? 'staff' : 'customer');
  }
  if (length > 1) {
    const endsWithStaff =
      status === STATUS.answered || (status !== STATUS.awaitingReply && random.chance(0.75));
    authors.push(status !== STATUS.open && endsWithStaff ? 'staff' : 'customer');
  }
  return authors;
}

function statusFor(wanted: TicketStatus, length: number): TicketStatus {
  // One message: nobody has answered yet, so nothing can be answered or awaiting.
  return length === 1 && (wanted === STATUS.answered || wanted === STATUS.awaitingReply)
    ? STATUS.open
    : wanted;
}

function pickFiles(random: Random, files: readonly [DemoFile, ...DemoFile[]]): BulkAttachment[] {
  if (!random.chance(0.05)) return [];
  const chosen = Array.from({ length: random.chance(0.2) ? 2 : 1 }, () => random.pick(files));
  return chosen.map(({ names, ...file }) => ({ ...file, name: random.pick(names) }));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Writes tickets one after the other; everything that varies comes from `random`. */
export function createTicketWriter(
  random: Random,
  plan: DeskPlan,
  files: readonly [DemoFile, ...DemoFile[]],
): (order: TicketOrder) => BulkTicket {
  const message = (
    place: number,
    author: AuthorKind,
    voice: Voice,
    agent: DemoAgent,
    at: number,
  ): BulkMessage => {
    const write = author === 'staff' ? writeAnswer : place === 0 ? writeQuestion : writeFollowUp;
    const { html, preview } = write(random, voice);
    const staffId: StaffId | null = author === 'staff' ? agent.id : null;
    return { author, staffId, bodyHtml: html, preview, createdAt: at, attachments: pickFiles(random, files) };
  };

  return ({ customer, createdAt, now, isRecent, messages }) => {
    const department = pickDepartment(random, plan);
    const length = messages ?? pickLength(random);
    const status = statusFor(pickStatus(random, isRecent), length);
    const agent = random.pick(department.agents);
    const { phrases } = customer;
    const facts = inventFacts(random, phrases, createdAt);
    const customerVoice: Voice = { phrases, facts, author: customer.name, addressee: agent.name };
    const staffVoice: Voice = { phrases, facts, author: agent.name, addressee: customer.addressee };
    let at = createdAt;
    const thread = authorsOf(random, status, length).map((author, place) => {
      // A young ticket's thread fits into the time it has had.
      if (place > 0)
        at += Math.floor(Math.min(random.next() ** 2 * 40 * HOUR_MS, ((now - at) / 2) * random.next()));
      return message(place, author, author === 'staff' ? staffVoice : customerVoice, agent, at);
    });
    return {
      departmentId: department.id,
      customerId: customer.id,
      assigneeId: random.chance(status === STATUS.closed ? 0.92 : 0.65) ? agent.id : null,
      status,
      priority: pickPriority(random),
      subject: capital(fillPhrase(random.pick(phrases.subjects), facts, agent.name, random)),
      source: 'demo',
      createdAt,
      messages: thread,
      tagIds: random.chance(0.08) ? [random.pick(plan.tagIds)] : [],
    };
  };
}
