import { createPower, type Power } from '../ports/power.ts';
import type { ProxyRules } from '../ports/proxyRules.ts';
import { type CoreMessage, ownerMessage } from './coreProtocol.ts';

/** What a core in a process of its own hears of its owner, and asks it. */
export interface OwnerLine {
  readonly proxyRules: ProxyRules;
  readonly power: Power;
  /** What came over the line; what is no message of an owner is passed over. */
  hear(data: unknown): void;
}

export function createOwnerLine(post: (message: CoreMessage) => void, onClose: () => void): OwnerLine {
  const asked = new Map<number, (rules: string) => void>();
  const power = createPower();
  let count = 0;
  return {
    proxyRules: {
      rulesFor: (url) =>
        new Promise((resolve) => {
          count += 1;
          asked.set(count, resolve);
          post({ type: 'ask_proxy', id: count, url });
        }),
      // A lid that was opened, a dock that was left: perhaps another network.
      onChange: (listener) => void power.onChange(listener),
    },
    power,
    hear(data) {
      const message = ownerMessage.safeParse(data);
      if (!message.success) return;
      switch (message.data.type) {
        case 'close':
          return onClose();
        case 'proxy':
          asked.get(message.data.id)?.(message.data.rules);
          asked.delete(message.data.id);
          return;
        case 'power':
          return power.set(message.data.state);
      }
    },
  };
}
