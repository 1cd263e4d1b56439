import { expect, it } from 'vitest';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { checkConnect, connectErrorsOf, NO_VALUES, toConnectInput } from './connectForm.ts';

const filled = { ...NO_VALUES, url: 'help.example/', token: ' abc ', username: 'ada', password: ' x ' };

it('takes an address as people type it, and leaves out what was not asked for', () => {
  expect(toConnectInput(filled)).toEqual({
    url: 'https://help.example',
    token: 'abc',
    username: 'ada',
    password: ' x ',
  });
  expect(toConnectInput({ ...filled, url: 'http://10.0.0.2/desk' }).url).toBe('http://10.0.0.2/desk');
  expect(toConnectInput({ ...filled, code: ' 123456 ' }).code).toBe('123456');
});

it('says beside each field what is missing', () => {
  expect(Object.keys(checkConnect(NO_VALUES)).sort()).toEqual(['password', 'token', 'url', 'username']);
  expect(checkConnect(filled)).toEqual({});
  expect(checkConnect({ ...filled, url: 'ftp://help.example' })).toHaveProperty('url');
});

it('puts the server’s words beside the field they are about', () => {
  const message = 'The server says: Invalid password, attempt 2 of 3';
  const refused = appErrorOf('remote_sign_in_refused', { field: 'password', message });
  expect(connectErrorsOf(refused)).toEqual({ password: message });
  expect(connectErrorsOf(appErrorOf('already_connected'))).toBeNull();
});
