import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fake } from '../../test/fakes/electron.ts';
import { createStaffSession } from './staffSession.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

let folder: string;
const file = () => path.join(folder, 'session.bin');
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'staffdesk-session-'));
  fake.canEncrypt = true;
});
afterEach(() => rmSync(folder, { recursive: true }));

it('stays signed in over a restart, encrypted and for this user only', () => {
  createStaffSession(folder).write('staff-token');
  expect(createStaffSession(folder).read()).toBe('staff-token');
  expect(readFileSync(file(), 'latin1')).not.toContain('staff-token');
  if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
});

it('forgets on sign-out', () => {
  const session = createStaffSession(folder);
  session.write('staff-token');
  session.write('');
  expect(session.read()).toBeNull();
  expect(existsSync(file())).toBe(false);
  expect(createStaffSession(folder).read()).toBeNull();
});

it('keeps the session in memory only where nothing can encrypt it', () => {
  fake.canEncrypt = false;
  const session = createStaffSession(folder);
  session.write('staff-token');
  expect(session.read()).toBe('staff-token');
  expect(existsSync(file())).toBe(false);
});

it('leaves no older session behind when the keychain is gone', () => {
  createStaffSession(folder).write('older');
  fake.canEncrypt = false;
  const session = createStaffSession(folder);
  expect(session.read()).toBeNull();
  session.write('newer');
  expect(existsSync(file())).toBe(false);
});

it('starts signed out when the file is damaged', () => {
  writeFileSync(file(), '');
  expect(createStaffSession(folder).read()).toBeNull();
});

it('works for this run when nothing can be written', () => {
  const session = createStaffSession(path.join(folder, 'gone'));
  session.write('staff-token');
  expect(session.read()).toBe('staff-token');
});
