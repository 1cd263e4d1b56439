import { beforeEach, expect, it } from 'vitest';
import { ticketId } from '../../shared/model/ids.ts';
import { useUi } from './index.ts';

beforeEach(() => useUi.setState(useUi.getInitialState(), true));

it('goes back from a search to the queue and the ticket it was begun at', () => {
  const { showQueue, selectTicket, go, leaveSearch } = useUi.getState();
  showQueue({ kind: 'mine' });
  selectTicket(ticketId.parse(7));
  go({ kind: 'search', text: 'printer' });
  selectTicket(ticketId.parse(9));
  go({ kind: 'search', text: 'printer jam' });
  leaveSearch();
  expect(useUi.getState()).toMatchObject({
    place: { kind: 'queue', queue: { kind: 'mine' } },
    selectedTicketId: 7,
  });
});

it('goes from a search that was there at the start to all open tickets', () => {
  useUi.setState({ place: { kind: 'search', text: 'printer' } });
  useUi.getState().leaveSearch();
  expect(useUi.getState().place).toEqual({ kind: 'queue', queue: { kind: 'open' } });
});

it('goes back from a ticket to the screen without a list that it was opened from', () => {
  const { go, openTicket, selectTicket, leaveTicket } = useUi.getState();
  go({ kind: 'conflicts' });
  openTicket(ticketId.parse(7));
  expect(useUi.getState().place).toEqual({ kind: 'queue', queue: { kind: 'open' } });
  openTicket(ticketId.parse(7));
  expect(leaveTicket()).toBe(true);
  expect(useUi.getState().place).toEqual({ kind: 'conflicts' });
  openTicket(ticketId.parse(7));
  selectTicket(ticketId.parse(8));
  expect(leaveTicket()).toBe(false);
  expect(useUi.getState().place).toEqual({ kind: 'queue', queue: { kind: 'open' } });
});
