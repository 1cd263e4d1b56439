export { CustomerSearch } from './CustomerSearch.tsx';
export { NewTicketDialog } from './NewTicketDialog.tsx';
