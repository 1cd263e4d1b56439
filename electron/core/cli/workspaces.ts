import path from 'node:path';
import { Command } from 'commander';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, type Result } from '../../../shared/util/result.ts';
import { summaryCommand } from '../host/commands/summary.ts';
import { dataFolder } from '../host/dataFolder.ts';
import { isFile, isFolder, lookAtWorkspace } from '../host/workspaces/lookAtWorkspace.ts';
import { workspaceListFile } from '../host/workspaces/places.ts';
import {
  findWorkspace,
  forgetWorkspace,
  noteWorkspace,
  readWorkspaces,
  workspaceKeyOf,
} from '../host/workspaces/workspaceList.ts';
import { dataOption } from './dataOption.ts';
import { onDesk } from './onDesk.ts';
import { printError, printResult } from './output.ts';

const listFile = (): string => workspaceListFile(process.env, process.platform);

export function workspacesCommand(): Command {
  return new Command('workspaces')
    .description('the workspaces of this user: what the switcher of a window offers')
    .addCommand(listCommand())
    .addCommand(
      new Command('add')
        .description('put a desk into the list')
        .addOption(dataOption())
        .action(async ({ data }: { data: string }) =>
          printResult(await add(data), () => 'The workspace is in the list.\n'),
        ),
    )
    .addCommand(
      new Command('forget')
        .description('take a desk off the list; its folder is not touched')
        .addOption(dataOption())
        .action(async ({ data }: { data: string }) =>
          printResult(await forget(data), () => 'The workspace is off the list; its folder is as it was.\n'),
        ),
    );
}

function listCommand(): Command {
  return new Command('list').description('print the list as JSON').action(async () => {
    const entries = readWorkspaces(listFile());
    if (!entries.ok) return printError(entries.error);
    const items = await Promise.all(entries.value.map((entry) => lookAtWorkspace(entry, null)));
    process.stdout.write(`${JSON.stringify(items, null, 2)}\n`);
  });
}

async function add(data: string): Promise<Result<void>> {
  const folder = path.resolve(data);
  if (!isFolder(folder)) return err(appErrorOf('workspace_folder_missing', { details: { path: folder } }));
  if (!isFile(dataFolder(folder).database)) return err(appErrorOf('workspace_no_desk'));
  const answer = await onDesk(folder, summaryCommand, {});
  if (!answer.ok) return answer;
  // A desk that has to be upgraded first can't tell its name yet.
  const { summary } = answer.value;
  const facts = summary ?? { name: path.basename(folder), kind: 'local' as const, server: null };
  const { name, kind, server } = facts;
  return noteWorkspace(listFile(), { folder, name, kind, server });
}

async function forget(data: string): Promise<Result<void>> {
  const key = workspaceKeyOf(data);
  const found = findWorkspace(listFile(), key);
  return found.ok ? forgetWorkspace(listFile(), key) : found;
}
