import { afterEach, beforeEach, expect } from 'vitest';
import { type ApiDesk, openApiDesk } from './apiDesk.ts';
import { type Caller, fillDesk } from './caller.ts';

/**
 * For a test file: a desk that is opened before each test and closed after it, with nothing failed in it behind the
 * test's back. The object stays the same, what is in it does not.
 */
export function eachDesk(open: () => Promise<ApiDesk>): ApiDesk {
  const desk = {} as ApiDesk;
  beforeEach(async () => {
    Object.assign(desk, await open());
  });
  afterEach(async () => {
    expect(desk.faults).toEqual([]);
    await desk.close();
  });
  return desk;
}

/** The same with somebody and something in it, and a script that calls it. */
export function eachFilledDesk(open: () => Promise<ApiDesk> = openApiDesk): {
  desk: ApiDesk;
  caller: Caller;
} {
  const desk = eachDesk(open);
  const caller = {} as Caller;
  beforeEach(async () => {
    Object.assign(caller, await fillDesk(desk));
  });
  return { desk, caller };
}
