import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fromRoot } from '../../build/lib/paths.ts';
import type { Ask, Told } from '../fakes/electronProgram.ts';

export type Page = { status: number; headers: Record<string, string>; text: string };
export type Look = {
  windows: number;
  isVisible: boolean;
  page: { status: number; text: string } | null;
  userData: string;
  url: string;
};
type Wish = Ask extends infer One ? (One extends Ask ? Omit<One, 'id'> : never) : never;

/** The built program of the desktop app in a process of its own, with the fake in Electron's place. */
export class DesktopProgram {
  readonly happened: string[] = [];
  readonly ended: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #count = 0;

  constructor(folder: string, env: NodeJS.ProcessEnv = {}) {
    this.#child = fork(
      fromRoot('test/fakes/electronProgram.ts'),
      ['--data', path.join(folder, 'desk'), '--port', '0'],
      {
        env: {
          ...process.env,
          FAKE_APP_DATA: path.join(folder, 'app'),
          STAFFDESK_WORKSPACES: path.join(folder, 'workspaces.json'),
          STAFFDESK_WORKSPACES_DIR: path.join(folder, 'added'),
          ...env,
        },
      },
    );
    this.ended = once(this.#child, 'exit');
    this.#child.on('message', (told: Told) => {
      if ('happened' in told) this.happened.push(told.happened);
      else this.#waiting.get(told.id)?.(told.answer);
    });
  }

  ask<T>(wish: Wish): Promise<T> {
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve) => {
      this.#waiting.set(id, (answer) => resolve(answer as T));
      this.#child.send({ id, ...wish });
    });
  }

  /** `url`: a path of the first desk, or a whole address. */
  load = (url: string, init: { method?: string; body?: string; headers?: Record<string, string> } = {}) =>
    this.ask<Page>({ do: 'fetch', url: url.startsWith('/') ? `app://staffdesk${url}` : url, ...init });

  /** What the window's page asks the shell for over the bridge. */
  invoke = <T>(channel: string, input?: unknown) => this.ask<T>({ do: 'invoke', channel, input });

  kill(): void {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
  }
}

/** A write of the page at `origin`, as fetch sends it. */
export const mutation = (input: object, origin = 'app://staffdesk') => ({
  method: 'POST',
  body: JSON.stringify(input),
  headers: { 'content-type': 'application/json', origin },
});

type Data<T> = { result: { data: T } };
export const dataOf = <T>(page: Page): T => (JSON.parse(page.text) as Data<T>).result.data;
