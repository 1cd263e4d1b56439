import type { FormEvent } from 'react';
import type { AppError } from '../../../shared/contract/errors.ts';
import { toAppError } from '../../api/errors.ts';

/** What a form that saves in place is made of; E holds a sentence for each field that has one. */
interface Parts<V, E, I> {
  readonly edits: {
    readonly values: V;
    readonly set: (changed: Partial<V>) => void;
    readonly submit: () => void;
    readonly revert: () => void;
  };
  readonly errors: E;
  readonly setErrors: (errors: E) => void;
  readonly clearErrors: () => void;
  readonly update: {
    readonly mutate: (input: I) => void;
    readonly reset: () => void;
    readonly isPending: boolean;
    readonly isSuccess: boolean;
    readonly error: unknown;
  };
  readonly isDirty: boolean;
  /** What is wrong before the core is asked, or what it is asked. */
  readonly check: () => { ok: true; input: I } | { ok: false; errors: E };
  /** The core's refusal beside its field; null when it is about none. */
  readonly refusalOf: (error: AppError) => E | null;
}

/** What every form of Setup shows and does: errors beside their fields, what became of saving, submit and revert. */
export function savedForm<V, E, I>(parts: Parts<V, E, I>) {
  const { edits, errors, setErrors, clearErrors, update, isDirty, check, refusalOf } = parts;
  const failure = update.error ? toAppError(update.error) : null;
  return {
    values: edits.values,
    errors,
    isDirty,
    isSaving: update.isPending,
    isSaved: update.isSuccess && !isDirty,
    problem: failure && !refusalOf(failure) ? failure.message : null,
    set: (changed: Partial<V>) => {
      edits.set(changed);
      clearErrors();
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      const checked = check();
      if (checked.ok) clearErrors();
      else setErrors(checked.errors);
      edits.submit();
      if (checked.ok && isDirty) update.mutate(checked.input);
    },
    revert: () => {
      edits.revert();
      clearErrors();
      update.reset();
    },
  };
}
