// Preloaded with --import: any way to Electron ends the program with an error.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (/^electron(?:\/|$)/.test(specifier)) {
      throw new Error(`The core reached for Electron: ${specifier} from ${context.parentURL}`);
    }
    return nextResolve(specifier, context);
  },
});
