export { CustomerPane } from './customer/CustomerPane.tsx';
export { TicketPane } from './TicketPane.tsx';
export { parseTicketHash } from './ticketLink.ts';
