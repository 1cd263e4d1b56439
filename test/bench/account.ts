import { runCli } from '../support/cli.ts';

export const USERNAME = 'bench';
export const PASSWORD = 'bench-password';

async function cli(args: readonly string[], stdin = ''): Promise<string> {
  const ran = await runCli(args, { stdin });
  if (ran.code !== 0) throw new Error(`${args[0]}: ${ran.stderr}`);
  return ran.stdout.trim();
}

/** Sets an empty desk up by the command line, as people do; answers an API token with every permission. */
export async function setUpDesk(dir: string): Promise<string> {
  const admin = [
    '--admin-username',
    USERNAME,
    '--admin-name',
    'Bench',
    '--admin-email',
    'bench@bench.example',
  ];
  await cli(['setup', '--data', dir, '--site', 'Bench', ...admin, '--admin-password-stdin'], PASSWORD);
  const wanted = ['--name', 'bench', '--permissions', 'all', '--ip', '127.0.0.1'];
  return cli(['token', 'create', '--data', dir, ...wanted]);
}
