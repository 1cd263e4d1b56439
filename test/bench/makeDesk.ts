import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../electron/core/ports/clock.ts';
import { generateDemo } from '../../electron/core/services/demo/generateDemo.ts';
import { openConnection } from '../../electron/core/store/connection.ts';
import { createFileStore } from '../../electron/core/store/files.ts';
import { createStore } from '../../electron/core/store/store.ts';
import { setUpDesk } from './account.ts';
import type { DeskFacts } from './desks.ts';

const MESSAGES_PER_TICKET = 3;
const LONG_TICKETS = 500;
const LONG_THREAD = 20;

const [folder = '', count = '1000'] = process.argv.slice(2);
const tickets = Number(count);

const apiToken = await setUpDesk(folder);
const db = openConnection(path.join(folder, 'desk.db'));
const store = createStore(db);
const files = createFileStore(path.join(folder, 'attachments'));
const now = systemClock.now();
const common = { store, files, clock: { now: () => now }, seed: 1 };

const start = performance.now();
const made = await generateDemo({
  ...common,
  tickets,
  messagesPerTicket: MESSAGES_PER_TICKET,
  onProgress: (done) => {
    if (done % 50_000 === 0) console.error(`  ${done} of ${tickets}`);
  },
});
const seconds = (performance.now() - start) / 1000;

const longFromId = (db.prepare<[], number>('SELECT max(id) FROM tickets').pluck().get() ?? 0) + 1;
await generateDemo({ ...common, tickets: LONG_TICKETS, messagesPerTicket: LONG_THREAD });
db.pragma('wal_checkpoint(TRUNCATE)');
db.close();

const { messages, attachments } = made;
const ticketsPerSecond = Math.round(tickets / seconds);
const facts: DeskFacts = {
  tickets,
  messages,
  attachments,
  now,
  seconds,
  ticketsPerSecond,
  longFromId,
  apiToken,
};
writeFileSync(path.join(folder, 'facts.json'), JSON.stringify(facts));
