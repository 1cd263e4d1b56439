import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a real keyring on Linux takes; null where everything is there. */
export function missingKeyring(): string | null {
  const hasProgram = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
  const hasLibrary = spawnSync('sh', ['-c', 'ldconfig -p | grep -q libsecret-1.so.0']).status === 0;
  const isThere = hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon') && hasLibrary;
  return isThere ? null : 'keychain (apt-get install libsecret-1-0 gnome-keyring dbus)';
}

/** A bus of its own with nothing on it, and nothing that it would start by itself. */
const BARE_BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><keep_umask/><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

export interface SecretService {
  /** What a program needs to find the keyring. */
  readonly env: NodeJS.ProcessEnv;
  /** Starts gnome-keyring; unlocked with the keyring's password, or locked. */
  startDaemon(how: 'unlocked' | 'locked'): Promise<ChildProcess>;
  stopDaemon(): Promise<void>;
  close(): Promise<void>;
}

/** A session bus in `folder`, on which gnome-keyring is started and stopped. */
export async function startSecretService(folder: string): Promise<SecretService> {
  const config = join(folder, 'bus.conf');
  writeFileSync(config, BARE_BUS);
  const home = join(folder, 'home');
  const runtime = join(folder, 'run');
  mkdirSync(home);
  mkdirSync(runtime, { mode: 0o700 });
  const base = { ...process.env, HOME: home, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: join(home, 'share') };
  const session = spawn(
    'dbus-run-session',
    ['--config-file', config, '--', 'sh', '-c', 'echo $DBUS_SESSION_BUS_ADDRESS; exec sleep 3600'],
    { env: base, stdio: ['ignore', 'pipe', 'ignore'], detached: true },
  );
  let address = '';
  for await (const line of createInterface({ input: session.stdout })) {
    address = line;
    break;
  }
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: address };
  let daemon: ChildProcess | null = null;
  const stopDaemon = async (): Promise<void> => {
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return;
    daemon.kill('SIGKILL');
    await once(daemon, 'exit');
  };
  return {
    env,
    async startDaemon(how) {
      const args = how === 'unlocked' ? ['--unlock'] : [];
      daemon = spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...args], {
        env,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      daemon.stdin?.end(how === 'unlocked' ? 'keyring password' : '');
      await waitForName(env);
      return daemon;
    },
    stopDaemon,
    async close() {
      await stopDaemon();
      if (session.pid !== undefined) process.kill(-session.pid, 'SIGKILL');
    },
  };
}

async function waitForName(env: NodeJS.ProcessEnv): Promise<void> {
  for (;;) {
    const asked = spawnSync(
      'dbus-send',
      [
        '--session',
        '--print-reply',
        '--dest=org.freedesktop.DBus',
        '/org/freedesktop/DBus',
        'org.freedesktop.DBus.NameHasOwner',
        'string:org.freedesktop.secrets',
      ],
      { env, encoding: 'utf8' },
    );
    if (asked.stdout.includes('boolean true')) return;
    if (asked.status !== 0) throw new Error(`no session bus: ${asked.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
