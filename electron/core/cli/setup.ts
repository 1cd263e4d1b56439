import { Command } from 'commander';
import { installInput } from '../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { setupCommand as setup } from '../host/commands/setup.ts';
import { dataOption } from './dataOption.ts';
import { onDesk } from './onDesk.ts';
import { printError, printResult } from './output.ts';
import { textFromStdin } from './stdin.ts';

interface SetupOptions {
  readonly data: string;
  readonly site: string;
  readonly siteUrl: string;
  readonly timeZone: string;
  readonly adminUsername: string;
  readonly adminName: string;
  readonly adminEmail: string;
}

const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function setupCommand(): Command {
  return new Command('setup')
    .description('set a desk up: its name and the first administrator')
    .addOption(dataOption())
    .requiredOption('--site <name>', 'the desk’s name')
    .option('--site-url <url>', 'the address in links, such as https://desk.example.com', '')
    .option('--time-zone <zone>', 'an IANA time zone', machineZone())
    .requiredOption('--admin-username <name>', 'letters, digits, _ and -')
    .requiredOption('--admin-name <name>', 'the name customers see')
    .requiredOption('--admin-email <address>', 'the administrator’s e-mail address')
    .requiredOption('--admin-password-stdin', 'read the password from standard input')
    .action(run);
}

async function run(options: SetupOptions): Promise<void> {
  const password = await textFromStdin();
  const input = installInput.safeParse({
    siteName: options.site,
    siteUrl: options.siteUrl,
    timeZone: options.timeZone,
    admin: {
      username: options.adminUsername,
      name: options.adminName,
      email: options.adminEmail,
      password,
    },
  });
  if (!input.success) return printError(wrongOption(input.error.issues[0]));
  const result = await onDesk(options.data, setup, input.data);
  printResult(result, ({ siteName, username }) => `${siteName} is set up. Sign in as ${username}.\n`);
}

const FLAGS: Readonly<Record<string, string>> = {
  siteName: '--site',
  siteUrl: '--site-url',
  timeZone: '--time-zone',
  'admin.username': '--admin-username',
  'admin.name': '--admin-name',
  'admin.email': '--admin-email',
};

function wrongOption(issue: { path: PropertyKey[]; message: string } | undefined) {
  const field = issue?.path.join('.') ?? '';
  if (field === 'admin.password') return appErrorOf('password_too_short');
  return appErrorOf('invalid_input', {
    field,
    message: `${FLAGS[field] ?? field}: ${issue?.message ?? 'wrong'}`,
  });
}
