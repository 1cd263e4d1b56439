// @vitest-environment node
import { expect, it } from 'vitest';
import { environmentOfOther } from './startDesk.ts';

it('hands on what concerns the user and the machine, nothing of one desk', () => {
  const ours = { PATH: '/bin', STAFFDESK_USE_KEYCHAIN: 'no', STAFFDESK_WORKSPACES: '/list.json' };
  const itsOwn = {
    STAFFDESK_DATA: '/desk',
    STAFFDESK_HOST: '0.0.0.0',
    STAFFDESK_PORT: '8484',
    STAFFDESK_SITE_URL: 'https://desk.example',
    STAFFDESK_TLS_KEY_FILE: '/key',
    STAFFDESK_PASSPHRASE_FILE: '/passphrase',
  };
  expect(environmentOfOther({ ...ours, ...itsOwn })).toEqual(ours);
});
