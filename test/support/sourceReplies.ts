import type { SourceReply } from '../../electron/core/access/sources/dialect.ts';
import { readSource } from '../../electron/core/access/sources/readSource.ts';
import type { SourceKind } from '../../shared/contract/sources.ts';

/** When every answer of these tests comes. */
export const NOW = Date.UTC(2026, 0, 5, 9);
export const TARGET = { url: 'https://other.example', key: 'k3y-of-desk' };
export const TYPED = {
  username: 'Ann',
  password: 'pa55 word',
  code: '',
  captcha: '',
  captchaId: '',
  address: '10.0.0.7',
};

export const reply = (body: unknown, more: Partial<SourceReply> = {}): SourceReply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  text: typeof body === 'string' ? body : JSON.stringify(body),
  now: NOW,
  ...more,
});
export const read = (kind: SourceKind, body: unknown, more: Partial<SourceReply> = {}) =>
  readSource(kind, reply(body, more), TARGET, TYPED);
export const reasonOf = (kind: SourceKind, body: unknown, more: Partial<SourceReply> = {}) => {
  const outcome = read(kind, body, more);
  return outcome.ok ? 'ok' : outcome.reason;
};
