import { z } from 'zod';

/** Every column comes as a string (behaviour.md 2.1); a newer server may know numbers. */
const number = z.union([z.string().regex(/^\d+$/).transform(Number), z.number().int().nonnegative()]);

const ticket = z.object({
  id: number,
  user_id: number,
  department_id: number,
  subject: z.string(),
  date: number,
  last_update: number,
  status: number,
  replies: number,
  user_fullname: z.string(),
});

const message = z.object({
  id: number,
  date: number,
  customer: z.string(),
  staff_id: number,
  message: z.string(),
});

const file = z.object({
  id: number,
  name: z.string(),
  filetype: z.string(),
  msg_id: number,
  size: number,
});

const user = z.object({ id: number, fullname: z.string(), email: z.string() });

export const ticketPage = z.object({
  total_tickets: z.number(),
  pages: z.number(),
  tickets: z.array(ticket),
});
export const ticketShow = z.object({ ticket });
export const messagePage = z.object({
  total_replies: z.number(),
  pages: z.number(),
  messages: z.array(message),
});
export const fileList = z.object({ files: z.array(file) });
export const fileShow = z.object({ content: z.base64() });
export const userPage = z.object({ total_users: z.number(), total_pages: z.number(), users: z.array(user) });
export const userShow = z.object({ user_data: user });
export const departmentList = z.object({
  departments: z.array(z.object({ id: number, name: z.string(), private: z.string() })),
});
export const staffList = z.object({
  users: z.array(z.object({ id: number, username: z.string(), fullname: z.string(), email: z.string() })),
});
export const userCreated = z.object({ user_id: z.number() });
export const departmentCreated = z.object({ department_id: z.number() });
export const ticketCreated = z.object({ ticket_id: z.number() });
export const acknowledged = z.object({ message: z.string() });

export type WireTicket = z.output<typeof ticket>;
export type WireUser = z.output<typeof user>;
