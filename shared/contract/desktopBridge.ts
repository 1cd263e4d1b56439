import { z } from 'zod';
import { appError } from './errors.ts';
import { workspaceInput, workspaceList, workspaceUrl } from './workspaces.ts';

/** What can fail in words for a person comes as a value: an error thrown over the bridge is for the log. */
const resultOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: appError }),
  ]);

/** Every message between window and shell, values in and values out, checked on both sides. */
export const bridgeContract = {
  notify: {
    input: z.object({
      title: z.string().max(200),
      body: z.string().max(500),
      ticketId: z.number().int().nullable(),
    }),
    output: z.void(),
  },
  setBadge: { input: z.object({ count: z.number().int().min(0) }), output: z.void() },
  openExternal: { input: z.object({ url: z.string().max(4000) }), output: z.object({ opened: z.boolean() }) },
  /** Saves a file the core serves under /files/ through the system's save dialog. */
  saveFile: {
    input: z.object({ path: z.string().max(500), suggestedName: z.string().max(255) }),
    output: z.object({ savedTo: z.string().nullable() }),
  },
  setTheme: { input: z.object({ theme: z.enum(['light', 'dark', 'system']) }), output: z.void() },
  listWorkspaces: { input: z.void(), output: resultOf(workspaceList) },
  /** Runs the desk's core where it does not run yet; the page then goes to the address. */
  openWorkspace: { input: workspaceInput, output: resultOf(workspaceUrl) },
  addWorkspace: { input: z.void(), output: resultOf(workspaceUrl) },
  forgetWorkspace: { input: workspaceInput, output: resultOf(z.void()) },
  info: { input: z.void(), output: z.object({ platform: z.string(), version: z.string() }) },
} as const;
export type BridgeChannel = keyof typeof bridgeContract;
export type BridgeInput<C extends BridgeChannel> = z.infer<(typeof bridgeContract)[C]['input']>;
export type BridgeOutput<C extends BridgeChannel> = z.infer<(typeof bridgeContract)[C]['output']>;

/** What the shell tells the window. */
export const shellCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open_ticket'), ticketId: z.number().int() }),
  z.object({ type: z.literal('run_command'), command: z.string().max(60) }),
]);
export type ShellCommand = z.infer<typeof shellCommand>;

/** `window.desktop`; absent in a browser, where renderer/desktop/ stands in. */
export interface DesktopBridge {
  invoke<C extends BridgeChannel>(channel: C, input: BridgeInput<C>): Promise<BridgeOutput<C>>;
  /** Returns the function that stops listening. */
  onCommand(listener: (command: ShellCommand) => void): () => void;
}
