import { expect } from 'vitest';
import type { ApiDesk } from './apiDesk.ts';
import { PASSWORD, parsed, post } from './dialects.ts';

export const OCTETH_ON = { isOn: true, sessionMinutes: 60, asksCaptcha: false };
export type Form = Readonly<Record<string, string>>;
export const LOGIN: Form = { Command: 'Admin.Login', Username: 'ada', Password: PASSWORD };

/** What `ErrorCode` says of a refusal. */
export const refusal = (...codes: number[]) => ({ Success: false, ErrorCode: codes });

/** Calls a desk as Octeth's clients do: HTTP 200 and JSON whatever happens. */
export async function callOcteth(desk: ApiDesk, form: Form): Promise<Record<string, unknown>> {
  const answer = await post(desk, '/api.php', { form });
  expect([answer.status, answer.contentType]).toEqual([200, 'application/json; charset=UTF-8']);
  return parsed(answer);
}
