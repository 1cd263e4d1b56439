import { describe, expect, it } from 'vitest';
import {
  externalUrl,
  isPermissionAllowed,
  judgeFrameNavigation,
  judgeNavigation,
  judgeWindowOpen,
} from './webSecurity.ts';

describe('externalUrl', () => {
  it.each([
    ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['http://example.com', 'http://example.com/'],
    ['HTTPS://EXAMPLE.com/', 'https://example.com/'],
    ['mailto:ann@acme.example?subject=Hi', 'mailto:ann@acme.example?subject=Hi'],
  ])('hands %s to the system', (text, url) => expect(externalUrl(text)).toBe(url));

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'ms-msdt:/id PCWDiagnostic',
    'smb://host/share',
    'vscode://file/etc/passwd',
    'app://staffdesk/',
    'https://bank.example@evil.example/',
    'https://user:pass@evil.example/',
    'https://example.com/ --flag',
    'https://example.com/\r\nx',
    ' https://example.com/',
    'https://',
    'not an address',
    '',
    `https://example.com/${'a'.repeat(4000)}`,
  ])('refuses %s', (text) => expect(externalUrl(text)).toBeNull());
});

describe('where the window may go', () => {
  it.each([
    ['app://staffdesk/', 'allow', 'deny', 'deny'],
    ['app://staffdesk/tickets/7', 'allow', 'deny', 'deny'],
    ['app://staffdesk/files/mail/3', 'download', 'allow', 'download'],
    ['app://staffdesk/files/attachments/3?download=1', 'download', 'allow', 'download'],
    ['app://staffdesk/trpc/tickets.get', 'deny', 'deny', 'deny'],
    ['app://staffdesk/events', 'deny', 'deny', 'deny'],
    ['app://staffdesk/x/../files/mail/3', 'download', 'allow', 'download'],
    ['app://evil/', 'deny', 'deny', 'deny'],
    ['app://staffdesk@evil/', 'deny', 'deny', 'deny'],
    ['app://staffdesk:99/', 'deny', 'deny', 'deny'],
    ['app://staffdesk.evil/', 'deny', 'deny', 'deny'],
    ['app://aaaaaaaaaaaa.staffdesk/', 'allow', 'deny', 'deny'],
    ['app://aaaaaaaaaaaa.staffdesk/files/mail/3', 'download', 'allow', 'download'],
    ['app://evil.staffdesk/', 'deny', 'deny', 'deny'],
    ['app://x.aaaaaaaaaaaa.staffdesk/', 'deny', 'deny', 'deny'],
    ['about:blank', 'deny', 'allow', 'deny'],
    ['about:srcdoc', 'deny', 'allow', 'deny'],
    ['https://example.com/', 'external', 'external', 'external'],
    ['http://127.0.0.1:8484/', 'external', 'external', 'external'],
    ['mailto:ann@acme.example', 'external', 'external', 'external'],
    ['file:///etc/passwd', 'deny', 'deny', 'deny'],
    ['javascript:alert(1)', 'deny', 'deny', 'deny'],
    ['data:text/html,x', 'deny', 'deny', 'deny'],
    ['blob:app://staffdesk/1', 'deny', 'deny', 'deny'],
    ['chrome://gpu', 'deny', 'deny', 'deny'],
    ['', 'deny', 'deny', 'deny'],
  ])('%s: page %s, frame %s, new window %s', (url, page, frame, opened) => {
    expect([judgeNavigation(url), judgeFrameNavigation(url), judgeWindowOpen(url)]).toEqual([
      page,
      frame,
      opened,
    ]);
  });
});

describe('isPermissionAllowed', () => {
  it.each([
    ['notifications', 'app://staffdesk/', true],
    ['clipboard-sanitized-write', 'app://staffdesk/', true],
    ['notifications', 'https://example.com/', false],
    ['notifications', '', false],
    ['clipboard-read', 'app://staffdesk/', false],
    ['media', 'app://staffdesk/', false],
    ['geolocation', 'app://staffdesk/', false],
    ['openExternal', 'app://staffdesk/', false],
    ['hid', 'app://staffdesk/', false],
    ['unknown', 'app://staffdesk/', false],
  ])('%s from %s: %s', (permission, url, isAllowed) =>
    expect(isPermissionAllowed(permission, url)).toBe(isAllowed),
  );
});
