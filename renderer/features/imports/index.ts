export { MailImport } from './MailImport.tsx';
