export { CustomerPane } from './customer/CustomerPane.tsx';
export { TicketLines } from './customer/TicketLines.tsx';
export { forgetEarlyAnswers } from './EarlyAnswer.tsx';
export { TicketPane } from './TicketPane.tsx';
export { MailFrame } from './thread/MailFrame.tsx';
export { useTicketLinks } from './useTicketLinks.ts';
