export { TriagePickers } from './TriagePickers.tsx';
export { useTicketChange } from './useTicketChange.ts';
export { useTriageCommands } from './useTriageCommands.ts';
