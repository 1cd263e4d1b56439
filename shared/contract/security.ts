import { z } from 'zod';
import { staffId } from '../model/ids.ts';

/** Who can't sign in at the moment, and from where. */
export const lockout = z.object({
  /** Names it for `release`. */
  key: z.string(),
  /** null = a name that nobody has. */
  staff: z.object({ id: staffId, name: z.string(), username: z.string() }).nullable(),
  /** One address; this machine; every address the account was not used from; its own password asked again. */
  from: z.enum(['address', 'this_machine', 'everywhere', 'profile']),
  address: z.string().nullable(),
  attempts: z.number().int(),
  until: z.number().int(),
});
export type Lockout = z.infer<typeof lockout>;
export const lockoutList = z.object({ lockouts: z.array(lockout) });
export const releaseInput = z.object({ key: z.string().min(1).max(200) });
