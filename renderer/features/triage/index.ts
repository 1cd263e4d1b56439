export { leaveTickets } from './leaveTickets.ts';
export { departmentItems, statusItems } from './pickItems.tsx';
export { TriagePickers } from './TriagePickers.tsx';
export { useTicketChange } from './useTicketChange.ts';
export { useTriageCommands } from './useTriageCommands.ts';
