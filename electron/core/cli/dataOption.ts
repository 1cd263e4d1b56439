import { InvalidArgumentError, Option } from 'commander';

/** `--data DIR`, asked of every command: what it works on is never a guess. */
export function dataOption(): Option {
  return new Option('--data <dir>', 'the desk’s data folder')
    .env('STAFFDESK_DATA')
    .argParser(folderName)
    .makeOptionMandatory();
}

/** An empty name would mean the folder the command was started in. */
function folderName(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Name a folder.');
}
