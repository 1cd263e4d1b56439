import { Option } from 'commander';

/** `--data DIR`, asked of every command: what it works on is never a guess. */
export function dataOption(): Option {
  return new Option('--data <dir>', 'the desk’s data folder').env('STAFFDESK_DATA').makeOptionMandatory();
}
