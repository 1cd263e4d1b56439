import { expect, it } from 'vitest';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { errorPage, RETRY_PATH } from './errorPage.ts';

it('says the cause, the folder and what to do', () => {
  const page = errorPage(
    appErrorOf('database_busy', { details: { url: 'http://127.0.0.1:8484' } }),
    '/d/desk',
    null,
  );
  expect(page).toContain('Another Staffdesk process is using this desk.');
  expect(page).toContain('url: http://127.0.0.1:8484');
  expect(page).toContain('/d/desk');
  expect(page).toContain(`href="${RETRY_PATH}"`);
});

it('says how often the core stopped', () => {
  expect(errorPage(appErrorOf('internal', { details: { crashes: 3 } }), '/d', null)).toContain(
    'stopped 3 times in a row',
  );
});

it('shows names as text', () => {
  const page = errorPage(
    appErrorOf('internal', { details: { path: '<script>"' } }),
    "/d/<img src=x>&'",
    null,
  );
  expect(page).not.toMatch(/<script|<img/);
  expect(page).toContain('&lt;script&gt;&quot;');
  expect(page).toContain('/d/&lt;img src=x&gt;&amp;&#39;');
});

it('leads back to the first desk from another one’s', () => {
  const error = appErrorOf('database_busy');
  expect(errorPage(error, '/d', 'app://staffdesk')).toContain('href="app://staffdesk/"');
  expect(errorPage(error, '/d', null)).not.toContain('app://');
});
