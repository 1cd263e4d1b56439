import { afterEach, expect, it, vi } from 'vitest';
import { copyText } from './copyText.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(document, 'execCommand');
});

it('uses the clipboard where the browser gives it', async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  await copyText('#7');
  expect(writeText).toHaveBeenCalledWith('#7');
});

it('copies over plain http, too, and says when that is refused', async () => {
  vi.stubGlobal('navigator', {});
  const setData = vi.fn();
  const copy = () => {
    const event = new Event('copy', { cancelable: true });
    Object.assign(event, { clipboardData: { setData } });
    return document.dispatchEvent(event);
  };
  Object.assign(document, { execCommand: copy });
  await copyText('#7');
  expect(setData).toHaveBeenCalledWith('text/plain', '#7');
  Object.assign(document, { execCommand: () => false });
  await expect(copyText('#7')).rejects.toThrow(/refused/);
});
