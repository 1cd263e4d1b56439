import type { IncomingHttpHeaders } from 'node:http';
import type { Permission } from '../../../../shared/contract/desk.ts';
import type { StaffId } from '../../../../shared/model/ids.ts';
import type { Result } from '../../../../shared/util/result.ts';
import type { ApiActor } from '../../domain/actor.ts';
import { reaches } from '../../domain/rights.ts';
import type { ServiceDeps } from '../../services/context.ts';
import type { MessageAuthor } from '../../services/messageWriter.ts';
import { isActiveStaff } from '../../services/staffDirectory.ts';
import { type Answer, failure, refusal } from './answers.ts';
import type { Form, Query } from './form.ts';
import type { EventStreams } from './openStreams.ts';
import { isMissing, naturalId } from './phpValues.ts';
import { TEXT } from './texts.ts';

/** One authenticated call. */
export interface Call {
  readonly deps: ServiceDeps;
  readonly actor: ApiActor;
  /** The path's last part, as it was sent. */
  readonly id: string;
  readonly query: Query;
  readonly headers: IncomingHttpHeaders;
  /** The caller asked for what HelpDeskZ does not have (`X-Staffdesk: 1`): others never notice that it exists. */
  readonly isExtended: boolean;
  /** Who calls, asked again: a token may be switched off while its stream is open. */
  readonly identify: () => ApiActor | undefined;
  readonly streams: EventStreams;
  readonly keepAliveMs: number | undefined;
  /** Reads the body; only once, and only after the permission was checked. */
  readonly form: () => Promise<Result<Form>>;
}

export interface Action {
  /** Any of several is enough. */
  readonly permission: Permission | readonly Permission[];
  readonly run: (call: Call) => Answer | Promise<Answer>;
}

/** Reads the form, hands it on, and removes what was uploaded but not kept. */
export async function withForm(call: Call, work: (form: Form) => Answer | Promise<Answer>): Promise<Answer> {
  const form = await call.form();
  if (!form.ok) return failure(form.error);
  try {
    return await work(form.value);
  } finally {
    await form.value.discard();
  }
}

/** The first failing rule of each field, joined by one space in the fields' order (behaviour.md 2.1). */
export function joinProblems(problems: readonly (string | undefined)[]): Answer | undefined {
  const texts = problems.filter((text) => text !== undefined);
  return texts.length > 0 ? refusal(texts.join(' ')) : undefined;
}

/** The rule of an id field: there, a natural number, and of something that exists. */
export function idProblem(
  value: string | undefined,
  texts: { missing: string; invalid: string; unknown: string },
  exists: (id: number) => boolean,
): string | undefined {
  if (isMissing(value)) return texts.missing;
  const id = naturalId(value);
  if (id === undefined) return texts.invalid;
  return exists(id) ? undefined : texts.unknown;
}

/**
 * The rule of `staff_id` where staff speak: someone who exists and is active (behaviour.md 2.4, 2.5), and whom
 * the token may speak for. Others do not exist for a token that is bound to one.
 */
export function staffProblem({ deps, actor }: Call, value: string | undefined): string | undefined {
  const texts = {
    missing: TEXT.staffIdMissing,
    invalid: TEXT.staffIdNotValid,
    unknown: TEXT.staffIdNotFound,
  };
  return idProblem(value, texts, (id) => isOwnVoice(deps, actor, id as StaffId));
}

function isOwnVoice(deps: ServiceDeps, actor: ApiActor, staffId: StaffId): boolean {
  return reaches(actor, { kind: 'voice', staffId }) && isActiveStaff(deps, staffId);
}

/** Who speaks, once the form is valid: `opener` of a ticket, `replier` of a message. */
export function authorOf(form: Form, field: 'opener' | 'replier'): MessageAuthor {
  return form.get(field) === 'staff'
    ? { kind: 'staff', staffId: Number(form.get('staff_id')) as StaffId }
    : { kind: 'customer' };
}
