import { crc32, deflateSync } from 'node:zlib';
import type { BulkAttachment } from '../../store/bulk.ts';
import type { FileStore } from '../../store/files.ts';

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A small picture that looks like a screenshot: a title bar, lines of text, a button (PNG, RFC 2083). */
function screenshot(hue: number): Buffer {
  const [width, height] = [320, 200];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3), 0xf7);
  for (let y = 0; y < height; y++) {
    const start = y * (1 + width * 3);
    rows[start] = 0;
    for (let x = 0; x < width; x++) {
      const isBar = y < 24;
      const isText = y % 18 > 11 && y > 40 && y < 150 && x > 20 && x < 60 + ((y * 37 + hue) % 230);
      const isButton = y > 165 && y < 188 && x > 220 && x < 300;
      if (isBar || isButton) rows.set([40 + (hue % 120), 90, 200 - (hue % 90)], start + 1 + x * 3);
      else if (isText) rows.set([150, 155, 165], start + 1 + x * 3);
    }
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One page with a few lines of text (PDF 1.4, ISO 32000-1 §7.5). */
function invoicePdf(number: string): Buffer {
  const lines = [
    `Invoice ${number}`,
    'Aurora lamp          1 x 49.00',
    'Shipping                 4.90',
    'Total                   53.90',
  ];
  const text = lines.map((line, row) => `BT /F1 12 Tf 60 ${760 - row * 22} Td (${line}) Tj ET`).join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${file}xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  );
}

function logText(run: number): Buffer {
  const lines = Array.from(
    { length: 20 },
    (_, line) =>
      `2026-03-${String(1 + ((line + run) % 28)).padStart(2, '0')} 09:${String(10 + line)}:00 sync step ${line + run} ${line === 17 ? 'failed: timeout' : 'ok'}`,
  );
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** A file with the names it goes by; attachments of many tickets share its content. */
export interface DemoFile extends Omit<BulkAttachment, 'name'> {
  readonly names: readonly [string, ...string[]];
}

/** Writes the demo's real files; identical content is one file, however many tickets refer to it. */
export async function storeDemoFiles(files: FileStore): Promise<[DemoFile, ...DemoFile[]]> {
  const store = async (content: Buffer, mediaType: string, names: DemoFile['names']): Promise<DemoFile> => ({
    ...(await files.put(content)),
    mediaType,
    names,
  });
  const first = await store(screenshot(0), 'image/png', [
    'screenshot.png',
    'error message.png',
    'Bildschirmfoto.png',
  ]);
  const others = [
    ...[40, 85, 130].map((hue) =>
      store(screenshot(hue), 'image/png', ['photo.png', 'capture d’écran.png', 'IMG_2041.png']),
    ),
    ...['2026-10482', '2026-20771'].map((number) =>
      store(invoicePdf(number), 'application/pdf', ['invoice.pdf', 'Rechnung.pdf']),
    ),
    ...[0, 7].map((run) => store(logText(run), 'text/plain', ['sync.log', 'log.txt'])),
  ];
  return [first, ...(await Promise.all(others))];
}
