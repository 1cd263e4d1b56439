// @vitest-environment node
import { expect, it } from 'vitest';
import type { WorkspaceItem } from '../../../shared/contract/workspaces.ts';
import { kindText, nameOf, waitingText } from './workspaceText.ts';

const item: WorkspaceItem = {
  key: 'aaaaaaaaaaaa',
  name: 'Acme',
  folder: '/desks/acme',
  kind: 'local',
  server: null,
  presence: 'open',
  openTickets: 0,
  outbox: null,
};
const mirror = { ...item, kind: 'remote', server: 'help.example' } as const;

it.each<[Partial<WorkspaceItem>, string, string]>([
  [{}, 'Helpdesk on this machine', ''],
  [{ openTickets: 12 }, 'Helpdesk on this machine', '12 open'],
  [{ openTickets: 12_000 }, 'Helpdesk on this machine', '999+ open'],
  [{ presence: 'closed', openTickets: null }, 'Helpdesk on this machine · not open', ''],
  [{ presence: 'missing', openTickets: null }, 'Its folder is not there', ''],
  [{ kind: 'new', name: '' }, 'Not set up yet', ''],
  [{ ...mirror, name: 'help.example' }, 'Mirror of a HelpDeskZ', ''],
  [{ ...mirror, openTickets: 3, outbox: { waiting: 0, undecided: 0 } }, 'Mirror of help.example', '3 open'],
  [
    { ...mirror, openTickets: 3, outbox: { waiting: 4, undecided: 0 } },
    'Mirror of help.example',
    '4 to send',
  ],
  [
    { ...mirror, openTickets: 3, outbox: { waiting: 4, undecided: 1 } },
    'Mirror of help.example',
    '1 to decide',
  ],
])('%o reads «%s» and «%s»', (facts, kind, waiting) => {
  expect([kindText({ ...item, ...facts }), waitingText({ ...item, ...facts })]).toEqual([kind, waiting]);
});

it('has a name before it is set up', () => {
  expect([nameOf({ name: '' }), nameOf(item)]).toEqual(['New workspace', 'Acme']);
});
