export { TriagePickers } from './TriagePickers.tsx';
export { type TicketActs, useTicketChange } from './useTicketChange.ts';
export { useTriageCommands } from './useTriageCommands.ts';
