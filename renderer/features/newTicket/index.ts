export { NewTicketDialog } from './NewTicketDialog.tsx';
