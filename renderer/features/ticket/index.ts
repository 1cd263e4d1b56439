export { CustomerPane } from './customer/CustomerPane.tsx';
export { TicketPane } from './TicketPane.tsx';
export { useTicketLinks } from './useTicketLinks.ts';
