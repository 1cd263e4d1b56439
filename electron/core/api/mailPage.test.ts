import { describe, expect, it } from 'vitest';
import { MAIL_CSP, mailPage } from './mailPage.ts';

describe('mailPage', () => {
  it('follows the dark theme, but leaves mail with colours of its own on paper', () => {
    expect(mailPage('<p>Plain</p>', 'dark')).toContain('color-scheme: dark');
    expect(mailPage('<p style="color: #333">Own</p>', 'dark')).toContain('color-scheme: light');
    expect(mailPage('<table bgcolor="#fff"></table>', 'dark')).toContain('color-scheme: light');
    expect(mailPage('<p>the color = red</p>', 'light')).toContain('color-scheme: light');
  });

  it('keeps the line breaks of a body without any markup', () => {
    expect(mailPage('one\ntwo', 'light')).toContain('pre-wrap;');
  });
});

describe('MAIL_CSP', () => {
  it('lets nothing run and nothing load from elsewhere unless pictures were asked for', () => {
    expect(MAIL_CSP.plain).toContain("default-src 'none'");
    expect(MAIL_CSP.plain).not.toMatch(/script-src|https?:/);
    expect(MAIL_CSP.withImages).toMatch(/img-src[^;]*https:/);
    expect(MAIL_CSP.withImages).not.toContain('script-src');
  });
});
