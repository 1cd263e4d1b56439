import { z } from 'zod';

/** A workspace's name in the list of this machine's user: it never changes, and is no path. */
export const workspaceKey = z.string().regex(/^[a-z0-9]{12}$/);
export type WorkspaceKey = z.infer<typeof workspaceKey>;

/** `new`: nobody has set it up yet. */
const workspaceKind = z.enum(['local', 'remote', 'new']);

/** What a workspace says of itself while it is open. */
export const workspaceSummary = z.object({
  name: z.string(),
  kind: workspaceKind,
  /** Of a mirror: the host it mirrors. */
  server: z.string().nullable(),
  /** Tickets that somebody should answer, of the whole desk. */
  openTickets: z.number().int(),
  /** Of a mirror: what waits for the server, and what waits for a person. */
  outbox: z.object({ waiting: z.number().int(), undecided: z.number().int() }).nullable(),
});
export type WorkspaceSummary = z.infer<typeof workspaceSummary>;

/** One workspace as the switcher shows it. */
export const workspaceItem = workspaceSummary.pick({ name: true, kind: true, server: true }).extend({
  key: workspaceKey,
  folder: z.string(),
  /** here: the one that was asked; missing: its folder is not there (a disk that is not plugged in). */
  presence: z.enum(['here', 'open', 'closed', 'missing']),
  /** Null while it is not open. */
  openTickets: z.number().int().nullable(),
  outbox: workspaceSummary.shape.outbox,
});
export type WorkspaceItem = z.infer<typeof workspaceItem>;

/** `canSwitch`: whoever asks may open other workspaces from where they are; `canChange`: and add or forget some. */
export const workspaceList = z.object({
  canSwitch: z.boolean(),
  canChange: z.boolean(),
  workspaces: z.array(workspaceItem),
});
export type WorkspaceList = z.infer<typeof workspaceList>;

export const workspaceInput = z.strictObject({ key: workspaceKey });
/** Where the window goes to be in another workspace. */
export const workspaceUrl = z.object({ url: z.string() });
