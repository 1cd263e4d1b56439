import { useEffect } from 'react';
import type { MessageId, TicketId } from '../../../shared/model/ids.ts';
import { useUi } from '../../stores/index.ts';
import { parseTicketHash, type TicketLink } from './ticketLink.ts';

let followed: TicketLink | null = null;

/** The message a followed link leads to, as long as its ticket is the one being opened. */
export function linkedMessage(ticketId: TicketId): MessageId | null {
  return followed?.ticketId === ticketId ? followed.messageId : null;
}

/** The link has led to its ticket: opening that again later begins where reading does. */
export function forgetLink(): void {
  followed = null;
}

/** Follows «Copy link» addresses, at start and when one is put into the address bar. */
export function useTicketLinks(): void {
  useEffect(() => {
    const follow = () => {
      const link = parseTicketHash(window.location.hash);
      if (!link) return;
      followed = link;
      window.history.replaceState(null, '', window.location.pathname);
      useUi.getState().openTicket(link.ticketId);
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
}
