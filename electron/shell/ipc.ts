import { type IpcMainInvokeEvent, ipcMain, type WebContents, type WebFrameMain } from 'electron';
import {
  type BridgeChannel,
  type BridgeInput,
  type BridgeOutput,
  bridgeContract,
} from '../../shared/contract/desktopBridge.ts';
import { isAppUrl } from './appOrigin.ts';
import { ipcName } from './bridgeChannels.ts';

export type BridgeHandlers = {
  [C in BridgeChannel]: (
    input: BridgeInput<C>,
    sender: WebContents,
  ) => BridgeOutput<C> | Promise<BridgeOutput<C>>;
};

/** Only the page itself may speak: a frame inside it shows a customer's mail. */
export function isTrustedSender(frame: Pick<WebFrameMain, 'parent' | 'url'> | null): boolean {
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
}

/** Answers one message, or throws a word for the window's log; the input's values never reach that word. */
async function answerBridge<C extends BridgeChannel>(
  channel: C,
  handlers: BridgeHandlers,
  event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  data: unknown,
): Promise<BridgeOutput<C>> {
  if (!isTrustedSender(event.senderFrame)) throw new Error(`${channel}: refused`);
  const input = bridgeContract[channel].input.safeParse(data);
  if (!input.success) throw new Error(`${channel}: invalid input`);
  const output = await handlers[channel](input.data as BridgeInput<C>, event.sender);
  return bridgeContract[channel].output.parse(output) as BridgeOutput<C>;
}

/** Listens for every message of the bridge. */
export function listenToBridge(handlers: BridgeHandlers): void {
  for (const channel of Object.keys(bridgeContract) as BridgeChannel[]) {
    ipcMain.handle(ipcName(channel), (event, data: unknown) => answerBridge(channel, handlers, event, data));
  }
}
