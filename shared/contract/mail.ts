import { z } from 'zod';

/** HelpDeskZ's mail templates (behaviour.md part 4, «Templates»). */
export const MAIL_TEMPLATES = [
  'new_user',
  'lost_password',
  'new_ticket',
  'autoresponse',
  'staff_reply',
  'staff_ticketnotification',
] as const;
export type MailTemplate = (typeof MAIL_TEMPLATES)[number];

/** Those that can be switched; the others always go out. */
export const SWITCHED_TEMPLATES = [
  'new_user',
  'new_ticket',
  'autoresponse',
  'staff_ticketnotification',
] as const satisfies readonly MailTemplate[];
export const switchedTemplate = z.enum(SWITCHED_TEMPLATES);
export type SwitchedTemplate = z.infer<typeof switchedTemplate>;

/** How far a mail has come. Sending comes later: until then all of them wait. */
export const mailState = z.enum(['waiting']);
export type MailState = z.infer<typeof mailState>;

/** `waiting` stops at 1000: what is in the trash is not counted. */
export const mailOutboxStatus = z.object({ waiting: z.number().int() });
