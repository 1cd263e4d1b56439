import { type DeskSettings, deskSettings } from '../../../shared/contract/desk.ts';
import { appErrorOf } from '../../../shared/contract/errors.ts';
import { err, ok, type Result } from '../../../shared/util/result.ts';
import type { ServiceDeps } from './context.ts';
import { endSwitchedOff } from './dialects/sessions.ts';

export function getSettings(deps: ServiceDeps): DeskSettings {
  return deps.store.settings.get();
}

/** Changes what is given; the rest stays. A time zone the system does not know is invalid_input. */
export function updateSettings(deps: ServiceDeps, changes: Partial<DeskSettings>): Result<DeskSettings> {
  if (changes.timeZone !== undefined && !isTimeZone(changes.timeZone)) {
    return err(
      appErrorOf('invalid_input', { field: 'timeZone', message: 'This time zone is not known here.' }),
    );
  }
  if (changes.siteUrl !== undefined && !isSiteUrl(changes.siteUrl))
    return err(appErrorOf('invalid_input', { field: 'siteUrl' }));
  return deps.store.write(() => {
    const next = deskSettings.safeParse({ ...deps.store.settings.get(), ...changes });
    if (!next.success) return err(appErrorOf('invalid_input'));
    deps.store.settings.set(changes);
    endSwitchedOff(deps, next.data);
    deps.store.changes.record('settings', 1, 'changed', deps.clock.now());
    deps.events.publish({ type: 'desk_changed', what: 'settings' });
    return ok(next.data);
  });
}

/** An address of the web, or none: it becomes a header, and a link in mails. */
export function isSiteUrl(text: string): boolean {
  return text === '' || /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

/** Whether this system knows the IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
