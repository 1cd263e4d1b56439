import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authenticate } from '../../electron/core/services/sessions.ts';
import { createSource } from '../../electron/core/services/signInSources/sourceAdmin.ts';
import { signInWithSource } from '../../electron/core/services/signInSources/sourceSignIn.ts';
import type { SourceKind } from '../../shared/contract/sources.ts';
import type { SourceId } from '../../shared/model/ids.ts';
import type { ApiDesk } from '../contract/support/apiDesk.ts';
import { ALL_ON, change, openDialectDesk, PASSWORD } from '../contract/support/dialects.ts';
import { openTestDesk, type TestDesk } from '../support/testDesk.ts';

const PEER = { address: '127.0.0.1', userAgent: 'Test' };

// No fake: the other system is a desk of ours that answers in its words.
let desk: TestDesk;
let other: ApiDesk;
beforeEach(async () => {
  desk = openTestDesk();
  other = await openDialectDesk(ALL_ON);
});
afterEach(async () => {
  await other.close();
  desk.close();
});

async function add(kind: SourceKind): Promise<SourceId> {
  const made = await createSource(desk.deps, desk.admin, {
    kind,
    name: kind,
    url: `http://127.0.0.1:${other.port}`,
    allowsHttp: false,
    ca: '',
    matchBy: 'username',
    createsStaff: false,
    departmentIds: [],
    key: kind === 'helpdeskz' ? other.token() : '',
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}

function enter(sourceId: SourceId, typed: { password?: string; captcha?: string; captchaId?: string } = {}) {
  const empty = { code: '', captcha: '', captchaId: '' };
  return signInWithSource(
    desk.deps,
    { sourceId, username: 'sam', password: PASSWORD, ...empty, ...typed },
    PEER,
  );
}

describe('a desk that signs in at another desk', () => {
  it.each(['helpdeskz', 'octeth', 'forma', 'faveo'] as const)('in the words of %s', async (kind) => {
    const source = await add(kind);
    expect(await enter(source, { password: 'wrong' })).toMatchObject({
      error: { code: 'source_bad_credentials' },
    });
    const done = await enter(source);
    expect(done.ok && authenticate(desk.deps, done.value.token)?.name).toBe('sam');
  });

  it('is shown its captcha and answers it', async () => {
    change(other, { octethSignIn: { ...ALL_ON.octethSignIn, asksCaptcha: true } });
    const source = await add('octeth');
    const asked = await enter(source);
    if (asked.ok) throw new Error('no captcha');
    expect(asked.error).toMatchObject({ code: 'source_captcha', field: 'captcha' });
    const { captchaId, captchaText } = asked.error.details ?? {};
    const [, wanted, row = ''] =
      /^Type only the (letters|digits), in their order: (.+)$/.exec(`${captchaText}`) ?? [];
    const captcha = row.replace(wanted === 'digits' ? /\D/g : /[\d\s]/g, '');
    const done = await enter(source, { captcha, captchaId: String(captchaId) });
    expect(done.ok && authenticate(desk.deps, done.value.token)?.name).toBe('sam');
  });
});
