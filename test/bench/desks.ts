import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');

/** What a bench desk is, written beside it when it was made. */
export interface DeskFacts {
  readonly tickets: number;
  readonly messages: number;
  readonly attachments: number;
  /** The time its data ends at; milliseconds UTC. */
  readonly now: number;
  readonly seconds: number;
  readonly ticketsPerSecond: number;
  /** Ids from here on have 20 messages. */
  readonly longFromId: number;
  readonly apiToken: string;
}

export interface BenchDesk {
  readonly folder: string;
  readonly database: string;
  readonly facts: DeskFacts;
  readonly sizeBytes: number;
}

/** Changes with everything that decides what a desk looks like. */
function recipe(): string {
  const hash = createHash('sha256');
  const sources = [
    'electron/core/store/migrations/*.sql',
    'electron/core/services/demo/**/*.ts',
    'electron/core/store/bulk.ts',
    'electron/core/store/search/{text,documents,indexBuilder}.ts',
    'test/bench/makeDesk.ts',
  ];
  for (const file of globSync(sources, { cwd: root }).sort()) {
    if (!file.endsWith('.test.ts')) hash.update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

/** The desk of this size from .cache/bench, made by a process of its own where it is missing or outdated. */
export function benchDesk(tickets: number): BenchDesk {
  const folder = path.join(root, '.cache', 'bench', `${tickets}-${recipe()}`);
  if (!existsSync(path.join(folder, 'facts.json'))) {
    const unfinished = `${folder}.tmp`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    console.error(`Making a desk of ${tickets} tickets …`);
    const script = path.join(import.meta.dirname, 'makeDesk.ts');
    const made = spawnSync(process.execPath, [script, unfinished, String(tickets)], { stdio: 'inherit' });
    if (made.status !== 0) throw new Error(`the desk of ${tickets} tickets could not be made`);
    for (const old of globSync(path.join(root, '.cache', 'bench', `${tickets}-*`))) {
      if (old !== unfinished) rmSync(old, { recursive: true, force: true });
    }
    renameSync(unfinished, folder);
  }
  const database = path.join(folder, 'desk.db');
  const facts = JSON.parse(readFileSync(path.join(folder, 'facts.json'), 'utf8')) as DeskFacts;
  return { folder, database, facts, sizeBytes: statSync(database).size };
}

/** Runs a measuring script in a process of its own on the reopened desk and reads the JSON it ends with. */
export function runMeasurement<T>(script: string, desk: BenchDesk, args: readonly string[] = []): T {
  const file = path.join(import.meta.dirname, script);
  const ran = spawnSync(process.execPath, [file, desk.folder, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(`${script} failed`);
  return JSON.parse(ran.stdout) as T;
}
