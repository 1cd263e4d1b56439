import { readFileSync } from 'node:fs';

export interface FormEntry {
  readonly name: string;
  readonly value?: string;
  readonly filename?: string;
  readonly type?: string;
  readonly size?: number;
  readonly base64?: string | null;
}

/** One recorded call of the reference server and its answer. */
export interface Exchange {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly form?: readonly FormEntry[];
    readonly body?: string;
    readonly token_kind?: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly body_truncated?: boolean;
  };
}

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/helpdeskz/${name}`, import.meta.url), 'utf8');

export const exchanges: readonly Exchange[] = fixture('exchanges.jsonl')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Exchange);

export const setup = JSON.parse(fixture('exchanges.setup.json')) as {
  readonly departments: readonly { name: string; private: number }[];
  readonly staff: readonly (import('./apiDesk.ts').StaffSetup & { id: number })[];
};
