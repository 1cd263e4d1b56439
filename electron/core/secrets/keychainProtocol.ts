import { z } from 'zod';

/** One call of the keychain; secrets travel over the pipe between the two processes, never as arguments. */
export const keychainRequest = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('get'), account: z.string() }),
  z.strictObject({ call: z.literal('set'), account: z.string(), secret: z.string() }),
  z.strictObject({ call: z.literal('remove'), account: z.string() }),
]);
export type KeychainRequest = z.infer<typeof keychainRequest>;

export const keychainReply = z.union([
  z.strictObject({ value: z.union([z.string(), z.boolean(), z.null()]) }),
  z.strictObject({ error: z.string() }),
]);
export type KeychainReply = z.infer<typeof keychainReply>;
