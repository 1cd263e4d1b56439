import { z } from 'zod';

/** Systems whose clients may sign staff in here, each in its own words. HelpDeskZ is no dialect: it is the API. */
export const DIALECTS = ['octeth', 'forma', 'faveo'] as const;
export const dialect = z.enum(DIALECTS);
export type Dialect = z.infer<typeof dialect>;
export const DIALECT_NAMES: Readonly<Record<Dialect, string>> = {
  octeth: 'Octeth',
  forma: 'Forma LMS',
  faveo: 'Faveo',
};

/** A minute to 30 days. */
const minutes = z.number().int().min(1).max(43_200);

export const octethSettings = z.object({
  isOn: z.boolean(),
  /** How long a session lives without being used. */
  sessionMinutes: minutes,
  asksCaptcha: z.boolean(),
});
export const formaSettings = z.object({
  isOn: z.boolean(),
  tokenMinutes: minutes,
  /** As the product itself does it: XML unless JSON is asked for exactly, short answers, one token per account. */
  isStrict: z.boolean(),
});
export const faveoSettings = z.object({
  isOn: z.boolean(),
  tokenMinutes: minutes,
  /** Nobody signs in without the desk's API key. */
  isKeyRequired: z.boolean(),
});

/** Dialects in which a program proves itself with a key of the desk. */
export const keyedDialect = z.enum(['octeth', 'faveo']);
export type KeyedDialect = z.infer<typeof keyedDialect>;
export const keyedDialectInput = z.object({ dialect: keyedDialect });
/** `key` is null when there is none, or when `problem` says why it can't be shown. */
export const dialectKey = z.object({
  key: z.string().nullable(),
  createdAt: z.number().int().nullable(),
  problem: z.string().nullable(),
});
export type DialectKey = z.infer<typeof dialectKey>;

export const appPassword = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  createdAt: z.number().int(),
  lastUsedAt: z.number().int().nullable(),
  lastUsedAddress: z.string().nullable(),
});
export type AppPassword = z.infer<typeof appPassword>;
export const appPasswordList = z.object({ appPasswords: z.array(appPassword) });
export const createAppPasswordInput = z.object({
  name: z.string().trim().min(1, 'Name it after what will use it.').max(100),
  currentPassword: z.string().min(1).max(1000),
});
/** `password` is shown this once; only its hash is kept. */
export const createAppPasswordDone = z.object({ id: z.number().int(), password: z.string() });
export const appPasswordInput = z.object({ id: z.number().int().positive() });
