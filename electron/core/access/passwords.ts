import type * as Argon2 from '@node-rs/argon2';

/** OWASP's argon2id minimum with some room: about 40 ms on a small machine. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
// `Algorithm.Argon2id` of the library is a const enum, which can't be imported without its code.
const ARGON2ID: Argon2.Algorithm = 2;

let loaded: Promise<typeof Argon2> | undefined;
// Native code that most starts never need.
const argon2 = (): Promise<typeof Argon2> => {
  loaded ??= import('@node-rs/argon2');
  return loaded;
};

/** Of the four threads that do the files' work, too: a rush of sign-ins must leave some. */
const MOST_AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // Whoever waits takes over this place.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** A PHC string that carries its own salt and costs. */
export async function hashPassword(password: string): Promise<string> {
  const { hash } = await argon2();
  return inTurn(() => hash(password, { ...OPTIONS, algorithm: ARGON2ID }));
}

/** False for a wrong password and for a hash that is none. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  const { verify } = await argon2();
  try {
    return await inTurn(() => verify(passwordHash, password));
  } catch {
    return false;
  }
}

let nobodys: Promise<string> | undefined;
/** Takes as long as a real check, so that time does not tell which user names exist. Always false. */
export async function verifyNobody(password: string): Promise<false> {
  nobodys ??= hashPassword('the password of nobody');
  await verifyPassword(await nobodys, password);
  return false;
}
