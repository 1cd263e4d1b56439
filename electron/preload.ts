import { contextBridge, ipcRenderer } from 'electron';
import {
  bridgeContract,
  type DesktopBridge,
  type ShellCommand,
  shellCommand,
} from '../shared/contract/desktopBridge.ts';
import { COMMAND_CHANNEL, ipcName } from './shell/bridgeChannels.ts';

const listeners = new Set<(command: ShellCommand) => void>();
/** What the shell said before the page was ready to hear it: a click on a notification opens the window first. */
const unheard: ShellCommand[] = [];

ipcRenderer.on(COMMAND_CHANNEL, (_event, data: unknown) => {
  const command = shellCommand.safeParse(data);
  if (!command.success) return;
  if (listeners.size === 0) unheard.push(command.data);
  for (const listener of listeners) listener(command.data);
});

const desktop = {
  async invoke(channel, input) {
    const { input: asked, output: answered } = bridgeContract[channel];
    const answer: unknown = await ipcRenderer.invoke(ipcName(channel), asked.parse(input));
    return answered.parse(answer) as never;
  },
  onCommand(listener) {
    listeners.add(listener);
    for (const command of unheard.splice(0)) listener(command);
    return () => {
      listeners.delete(listener);
    };
  },
} satisfies DesktopBridge;

contextBridge.exposeInMainWorld('desktop', desktop);
