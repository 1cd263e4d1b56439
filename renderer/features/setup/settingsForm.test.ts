import { describe, expect, it } from 'vitest';
import type { DeskSettings } from '../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { GENERAL_RULES, type GeneralValues } from './generalForm.ts';
import { changesOf, errorsOf } from './settingsForm.ts';
import { TICKETS_RULES, type TicketsValues } from './tickets/ticketsForm.ts';

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
  attachmentMaxBytes: 2_621_440,
  attachmentTypes: ['jpg'],
  attachmentsAheadBytes: 0,
  loginAttempts: 3,
  loginLockMinutes: 5,
  sessionDays: 30,
  holdsReplies: false,
  mailTemplatesOn: [],
  octethSignIn: { isOn: false, sessionMinutes: 60, asksCaptcha: false },
  formaSignIn: { isOn: false, tokenMinutes: 60, isStrict: false },
  faveoSignIn: { isOn: false, tokenMinutes: 60, isKeyRequired: false },
};
const general = (values: Partial<GeneralValues> = {}) =>
  changesOf(GENERAL_RULES, { ...GENERAL_RULES.valuesOf(saved), ...values }, saved);
const tickets = (values: Partial<TicketsValues> = {}) =>
  changesOf(TICKETS_RULES, { ...TICKETS_RULES.valuesOf(saved), ...values }, saved);
const refused = (answer: ReturnType<typeof general> | ReturnType<typeof tickets>) =>
  answer.ok ? [] : Object.keys(answer.errors);

describe('general settings', () => {
  it('saves only what changed', () => {
    expect(general()).toEqual({ ok: true, changes: {} });
    expect(general({ siteName: ' Acme Help ' })).toEqual({ ok: true, changes: { siteName: 'Acme Help' } });
    expect(general({ siteUrl: ' ' })).toEqual({ ok: true, changes: { siteUrl: '' } });
  });

  it.each([
    [{ siteName: ' ' }, 'siteName'],
    [{ siteUrl: 'help.acme.example' }, 'siteUrl'],
    [{ siteUrl: 'javascript:alert(1)' }, 'siteUrl'],
  ] as const)('%o is refused beside %s', (wrong, field) => {
    expect(refused(general(wrong))).toEqual([field]);
  });

  it('puts the core’s refusal beside its field', () => {
    const error = appErrorOf('invalid_input', { field: 'timeZone', message: 'Not known here.' });
    expect(errorsOf(GENERAL_RULES, error)).toEqual({ timeZone: 'Not known here.' });
    expect(errorsOf(GENERAL_RULES, appErrorOf('disk_full'))).toBeNull();
    expect(errorsOf(GENERAL_RULES, appErrorOf('invalid_input', { field: 'overdueHours' }))).toBeNull();
  });
});

describe('settings of tickets', () => {
  it('shows sizes in megabytes and types as one line', () => {
    const values = TICKETS_RULES.valuesOf({ ...saved, attachmentTypes: ['jpg', 'png'] });
    expect(values).toMatchObject({ maxMegabytes: '2.5', types: 'jpg, png' });
    expect(tickets()).toEqual({ ok: true, changes: {} });
  });

  it('leaves a size alone that megabytes can only round', () => {
    const odd = { ...saved, attachmentMaxBytes: 1_000_001 };
    expect(changesOf(TICKETS_RULES, TICKETS_RULES.valuesOf(odd), odd)).toEqual({ ok: true, changes: {} });
  });

  it.each([
    [{ overdueHours: ' 24 ' }, { overdueHours: 24 }],
    [{ maxMegabytes: '10' }, { attachmentMaxBytes: 10_485_760 }],
    [{ maxMegabytes: '0,5' }, { attachmentMaxBytes: 524_288 }],
    [{ types: '.PDF, *.docx jpg;jpg' }, { attachmentTypes: ['pdf', 'docx', 'jpg'] }],
    [{ types: ' ' }, { attachmentTypes: [] }],
    [{ attachmentsEnabled: false }, { attachmentsEnabled: false }],
    [
      { ticketsPage: '500', repliesPage: '50' },
      { ticketsPage: 500, repliesPage: 50 },
    ],
  ] as const)('%o saves %o', (typed, changes) => {
    expect(tickets(typed)).toEqual({ ok: true, changes });
  });

  it.each([
    [{ overdueHours: '' }, 'overdueHours'],
    [{ overdueHours: '1.5' }, 'overdueHours'],
    [{ overdueHours: '0' }, 'overdueHours'],
    [{ overdueHours: '9000' }, 'overdueHours'],
    [{ overdueHours: '1e2' }, 'overdueHours'],
    [{ ticketsPage: '20001' }, 'ticketsPage'],
    [{ repliesPage: '0' }, 'repliesPage'],
    [{ attachmentsPerMessage: '0' }, 'attachmentsPerMessage'],
    [{ maxMegabytes: '0' }, 'maxMegabytes'],
    [{ maxMegabytes: '2 MB' }, 'maxMegabytes'],
    [{ maxMegabytes: '4000' }, 'maxMegabytes'],
    [{ types: 'tar.gz' }, 'types'],
    [{ types: '<b>' }, 'types'],
  ] as const)('%o is refused beside %s', (wrong, field) => {
    expect(refused(tickets(wrong))).toEqual([field]);
  });

  it('puts a refusal of a size or a type beside the field that holds it', () => {
    const error = appErrorOf('invalid_input', { field: 'attachmentTypes', message: 'No.' });
    expect(errorsOf(TICKETS_RULES, error)).toEqual({ types: 'No.' });
  });
});
