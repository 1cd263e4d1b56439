import { z } from 'zod';
import { appError } from '../../../shared/contract/errors.ts';
import type { PowerState } from '../ports/power.ts';

/** What a host tells the core when it starts it in a process of its own: one JSON argument. */
export const coreLaunch = z.strictObject({
  dataDir: z.string().min(1),
  host: z.string().min(1).optional(),
  port: z.number().int().min(0).max(65_535).optional(),
});
export type CoreLaunch = z.infer<typeof coreLaunch>;

/** Where a started core is reached. The secret never leaves the machine's own processes. */
export const coreAddress = z.object({
  controlSocket: z.object({ path: z.string().min(1), secret: z.string().min(1) }),
  /** Null when the API listener could not open its port; the app opens all the same. */
  apiBaseUrl: z.string().nullable(),
});
export type CoreAddress = z.infer<typeof coreAddress>;

/**
 * From the core to the process that owns it. `failed`: it did not open, and opening it again would not help.
 * `stop_asked`: a command wants this desk closed; the owner decides how and answers with `close`. `ask_proxy`: what do
 * the system's settings say about this address; the owner answers with `proxy` and the same id.
 */
export const coreMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), address: coreAddress }),
  z.object({ type: z.literal('failed'), error: appError }),
  z.object({ type: z.literal('stop_asked') }),
  z.object({ type: z.literal('ask_proxy'), id: z.number().int(), url: z.string() }),
]);
export type CoreMessage = z.infer<typeof coreMessage>;

const powerState = z.object({
  isAsleep: z.boolean(),
  isOnBattery: z.boolean(),
  isLocked: z.boolean(),
}) satisfies z.ZodType<PowerState>;

/**
 * From the owner to the core. `close`: database first, then exit. `proxy`: in the words of a PAC file.
 * `power`: how the machine is powered and used now.
 */
export const ownerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('close') }),
  z.object({ type: z.literal('proxy'), id: z.number().int(), rules: z.string() }),
  z.object({ type: z.literal('power'), state: powerState }),
]);
export type OwnerMessage = z.infer<typeof ownerMessage>;
