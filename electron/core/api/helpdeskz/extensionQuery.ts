import { z } from 'zod';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { Query } from './form.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

export const numberProblem = (name: string, { min, max }: Bounds): string =>
  `${name} has to be a whole number from ${min} to ${max}.`;

/** A number in the query of an extension: whole and within its bounds, or invalid_input with its name. */
export function wholeNumber(query: Query, name: string, { min, max }: Bounds): Result<number | undefined> {
  const text = query[name];
  if (text === undefined) return ok(undefined);
  const schema = z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number)
    .pipe(z.number().int().min(min).max(max));
  const parsed = schema.safeParse(text);
  if (parsed.success) return ok(parsed.data);
  return err(appErrorOf('invalid_input', { field: name, message: numberProblem(name, { min, max }) }));
}
