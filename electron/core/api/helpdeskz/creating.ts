import { createHash } from 'node:crypto';
import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import { callerOf, doOnce, earlierAnswer, type RepeatableRequest } from '../../services/repeats.ts';
import { type Answer, failure, successText } from './answers.ts';
import { type Call, withForm } from './call.ts';
import type { Form } from './form.ts';

/** What a create made. `further` are the ids that the reference does not tell. */
export interface Created {
  readonly told: Readonly<Record<string, number>>;
  readonly further?: Readonly<Record<string, number | readonly number[]>>;
  readonly message: string;
}

/** Runs the effect, with a key only once; what it made is the answer. */
export type Once = (effect: () => Result<Created>) => Result<Answer>;

/** Visible ASCII and spaces: what every HTTP library sends as it was written. */
const keySchema = z.string().regex(/^[\x20-\x7e]{1,200}$/);

/**
 * A create. With an Idempotency-Key the same request has one effect and always the same answer, for 30 days; what
 * is refused is not remembered, so that a corrected request may take the same key. `what` names the call.
 */
export function creating(
  what: string,
  work: (call: Call, form: Form, once: Once) => Answer | Promise<Answer>,
): (call: Call) => Promise<Answer> {
  return async (call) => {
    const key = keyOf(call);
    if (!key.ok) return failure(key.error);
    return withForm(call, (form) => {
      const request = key.value === undefined ? undefined : repeatable(call, what, key.value, form);
      const earlier = request ? earlierAnswer(call.deps, request) : ok(undefined);
      if (!earlier.ok) return failure(earlier.error);
      if (earlier.value !== undefined) return repeated(earlier.value);
      return work(call, form, (effect) => run(call, request, effect));
    });
  };
}

function keyOf({ headers }: Call): Result<string | undefined> {
  const header = headers['idempotency-key'];
  if (header === undefined) return ok(undefined);
  const key = keySchema.safeParse(header);
  return key.success ? ok(key.data) : err(appErrorOf('idempotency_key_invalid'));
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

function repeatable({ actor }: Call, what: string, key: string, form: Form): RepeatableRequest {
  const requestHash = sha256(`${what}\n${form.fingerprint()}`);
  return { caller: callerOf(actor), keyHash: sha256(key), requestHash };
}

function run(
  { deps, isExtended }: Call,
  request: RepeatableRequest | undefined,
  effect: () => Result<Created>,
): Result<Answer> {
  const write = (): Result<string> => {
    const made = effect();
    return made.ok ? ok(bodyOf(made.value, isExtended || request !== undefined)) : made;
  };
  if (!request) {
    const body = write();
    return body.ok ? ok(successText(body.value)) : body;
  }
  const done = doOnce(deps, request, write);
  if (!done.ok) return done;
  const { body, isRepeat } = done.value;
  return ok(isRepeat ? repeated(body) : successText(body));
}

const bodyOf = ({ told, further, message }: Created, withFurther: boolean): string =>
  JSON.stringify({ success: 1, ...told, message, ...(withFurther ? further : {}) });

const repeated = (body: string): Answer => ({
  ...successText(body),
  headers: { 'Idempotency-Replayed': 'true' },
});
