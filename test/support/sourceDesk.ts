import { afterEach, beforeEach } from 'vitest';
import { authenticate } from '../../electron/core/services/sessions.ts';
import { createSource } from '../../electron/core/services/signInSources/sourceAdmin.ts';
import { signInWithSource } from '../../electron/core/services/signInSources/sourceSignIn.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import type { CreateSourceInput, Source } from '../../shared/contract/sources.ts';
import type { FakeAccount, FakeSource } from '../fakes/signInSources/fakeServer.ts';
import { openTestDesk, type TestDesk } from './testDesk.ts';

export const SOURCE_PASSWORD = 'remote horse';
/** Sam of the desk under another name, and Ada, who has a second factor there. */
export const SAM = {
  username: 'sam',
  password: SOURCE_PASSWORD,
  name: 'Sam Remote',
  email: 'SAM@desk.example',
};
const TWO_STEP = { ...SAM, username: 'ada', name: 'Ada R', email: 'ada@desk.example', code: '123456' };
export const ACCOUNTS: readonly FakeAccount[] = [SAM, TWO_STEP];
const PEER = { address: '10.0.0.7', userAgent: 'Test' };

export const SOURCE_FIELDS: CreateSourceInput = {
  kind: 'forma',
  name: 'School',
  url: 'https://other.example',
  allowsHttp: false,
  ca: '',
  matchBy: 'username',
  createsStaff: false,
  departmentIds: [],
  key: '',
};

type Typed = { username?: string; password?: string; code?: string; captcha?: string };

/** For each test of a file a fresh desk, and the fakes of other systems that its staff sign in with. */
export function sourceDesk() {
  let desk: TestDesk;
  let fakes: FakeSource[] = [];
  beforeEach(() => {
    desk = openTestDesk();
  });
  afterEach(async () => {
    for (const fake of fakes.splice(0)) await fake.close();
    desk.close();
  });

  async function started(fake: Promise<FakeSource>): Promise<FakeSource> {
    fakes.push(await fake);
    return fake;
  }

  async function stop(fake: FakeSource): Promise<void> {
    fakes = fakes.filter((one) => one !== fake);
    await fake.close();
  }

  async function add(fields: Partial<CreateSourceInput>): Promise<Source> {
    const made = await createSource(desk.deps, desk.admin, { ...SOURCE_FIELDS, ...fields });
    if (!made.ok) throw new Error(made.error.message);
    return made.value;
  }

  function enter(source: Source, typed: Typed = {}, address = PEER.address) {
    const input = {
      sourceId: source.id,
      username: 'sam',
      password: SOURCE_PASSWORD,
      code: '',
      captcha: '',
      captchaId: '',
      ...typed,
    };
    return signInWithSource(desk.deps, input, { ...PEER, address });
  }

  /** The error of a sign-in; fails the test when it went well. */
  async function refusal(source: Source, typed: Typed = {}, address?: string): Promise<AppError> {
    const result = await enter(source, typed, address);
    if (result.ok) throw new Error('signed in');
    return result.error;
  }

  /** Who the new session belongs to. */
  async function who(source: Source, typed: Typed = {}): Promise<string> {
    const result = await enter(source, typed);
    if (!result.ok) throw new Error(`${result.error.code}: ${JSON.stringify(result.error.details)}`);
    return authenticate(desk.deps, result.value.token)?.name ?? 'nobody';
  }

  return { desk: () => desk, started, stop, add, enter, refusal, who };
}
