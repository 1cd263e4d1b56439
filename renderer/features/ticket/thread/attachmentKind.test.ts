import { describe, expect, it } from 'vitest';
import { attachmentKind, typeName } from './attachmentKind.ts';

describe('attachments', () => {
  it.each([
    ['photo.JPG', 'image/jpeg', 'image', 'JPG image'],
    ['scan', 'image/png', 'image', 'PNG image'],
    ['offer.pdf', 'application/PDF', 'pdf', 'PDF'],
    ['log.txt', 'text/plain', 'text', 'Text'],
    ['list.csv', 'text/csv', 'text', 'CSV text'],
    ['app.log', 'text/plain', 'text', 'LOG text'],
    ['all.zip', 'application/zip', 'other', 'ZIP file'],
    ['README', 'application/octet-stream', 'other', 'File'],
    // Pictures that can carry script are never shown in place.
    ['logo.svg', 'image/svg+xml', 'other', 'SVG file'],
    ['page.html', 'text/html', 'other', 'HTML file'],
  ])('%s (%s) is %s: %s', (name, mediaType, kind, type) => {
    expect(attachmentKind(mediaType)).toBe(kind);
    expect(typeName(name, mediaType)).toBe(type);
  });
});
