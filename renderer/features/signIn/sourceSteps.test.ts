import { describe, expect, it } from 'vitest';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { afterRefusal, FIRST_STEP } from './sourceSteps.ts';

const stepAfter = (code: Parameters<typeof appErrorOf>[0], details = {}, step = FIRST_STEP) =>
  afterRefusal(step, appErrorOf(code, { details }));

describe('signing in with another system goes on', () => {
  it('with its second factor, which stays asked for', () => {
    const asked = stepAfter('source_code_missing');
    expect(asked).toEqual({ ...FIRST_STEP, needsCode: true, isAsked: true });
    expect(stepAfter('source_bad_credentials', {}, asked)).toMatchObject({ needsCode: true, isAsked: false });
  });
  it('with its captcha, a new one each time', () => {
    const asked = stepAfter('source_captcha', { captchaId: 'a', captchaImage: '', captchaText: '2 + 3?' });
    expect(asked.captcha).toEqual({ id: 'a', image: '', text: '2 + 3?' });
    expect(stepAfter('source_captcha', {}, asked).captcha).toEqual({ id: '', image: '', text: '' });
    expect(stepAfter('source_bad_credentials', {}, asked).captcha).toBeNull();
  });
  it('with the second factor of this desk, until its time is over', () => {
    const asked = stepAfter('two_factor_missing', { pending: 'p' });
    expect(asked).toMatchObject({ pending: 'p', isAsked: true });
    expect(stepAfter('two_factor_wrong', {}, asked)).toMatchObject({ pending: 'p', isAsked: true });
    expect(stepAfter('signed_out', {}, asked)).toEqual(FIRST_STEP);
  });
});
