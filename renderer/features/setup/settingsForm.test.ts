import { describe, expect, it } from 'vitest';
import type { DeskSettings } from '../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { changesOf, errorsOf, generalOf } from './settingsForm.ts';

const saved: DeskSettings = {
  siteName: 'Acme',
  siteUrl: 'https://help.acme.example',
  timeZone: 'UTC',
  overdueHours: 48,
  replyOrder: 'desc',
  ticketsPage: 15,
  repliesPage: 15,
  attachmentsEnabled: true,
  attachmentsPerMessage: 3,
  attachmentMaxBytes: 1000,
  attachmentTypes: ['jpg'],
  loginAttempts: 3,
  loginLockMinutes: 5,
  mailTemplatesOn: [],
};
const values = generalOf(saved);

describe('general settings', () => {
  it('saves only what changed', () => {
    expect(changesOf(values, saved)).toEqual({ ok: true, changes: {} });
    expect(changesOf({ ...values, siteName: ' Acme Help ', overdueHours: ' 24 ' }, saved)).toEqual({
      ok: true,
      changes: { siteName: 'Acme Help', overdueHours: 24 },
    });
    expect(changesOf({ ...values, siteUrl: ' ' }, saved)).toEqual({ ok: true, changes: { siteUrl: '' } });
  });

  it.each([
    [{ siteName: ' ' }, 'siteName'],
    [{ siteUrl: 'help.acme.example' }, 'siteUrl'],
    [{ siteUrl: 'javascript:alert(1)' }, 'siteUrl'],
    [{ overdueHours: '' }, 'overdueHours'],
    [{ overdueHours: '1.5' }, 'overdueHours'],
    [{ overdueHours: '0' }, 'overdueHours'],
    [{ overdueHours: '9000' }, 'overdueHours'],
    [{ overdueHours: '1e2' }, 'overdueHours'],
  ] as const)('%o is refused beside %s', (wrong, field) => {
    const answer = changesOf({ ...values, ...wrong }, saved);
    expect(answer.ok ? [] : Object.keys(answer.errors)).toEqual([field]);
  });

  it('puts the core’s refusal beside its field', () => {
    const error = appErrorOf('invalid_input', { field: 'timeZone', message: 'Not known here.' });
    expect(errorsOf(error)).toEqual({ timeZone: 'Not known here.' });
    expect(errorsOf(appErrorOf('disk_full'))).toBeNull();
  });
});
