import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
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

/** What of the sender decides; a plain shape so that the rule is tested without Electron. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'> & { sender: Pick<WebContents, 'mainFrame'> };

/** Only the page itself may speak: a frame inside it shows a customer's mail. */
export function isTrustedSender({ senderFrame, sender }: Sender): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isAppUrl(senderFrame.url);
}

/** Answers one message, or throws a word for the window's log; the input's values never reach that word. */
async function answerBridge<C extends BridgeChannel>(
  channel: C,
  handlers: BridgeHandlers,
  event: Sender & { sender: WebContents },
  data: unknown,
): Promise<BridgeOutput<C>> {
  if (!isTrustedSender(event)) throw new Error(`${channel}: refused`);
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
