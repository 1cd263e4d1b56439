import type { CustomerContents } from '../../../../shared/contract/customers.ts';
import { sizeText } from '../../composer/index.ts';

const number = new Intl.NumberFormat('en-GB');

/** «1 ticket», «5,000 tickets». */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}

/** What belongs to a customer, line by line. */
export function contentsLines(contents: CustomerContents): string[] {
  const { tickets, trashedTickets, messages, attachments, attachmentBytes } = contents;
  if (tickets === 0) return ['no tickets'];
  const inTrash = trashedTickets === 0 ? '' : `, ${number.format(trashedTickets)} of them in the trash`;
  return [
    `${counted(tickets, 'ticket')}${inTrash}`,
    counted(messages, 'message'),
    attachments === 0
      ? 'no attachments'
      : `${counted(attachments, 'attachment')}, ${sizeText(attachmentBytes)}`,
  ];
}
