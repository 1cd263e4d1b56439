import { app, type Session, shell, type WebContents } from 'electron';
import {
  externalUrl,
  isPermissionAllowed,
  judgeFrameNavigation,
  judgeNavigation,
  judgeWindowOpen,
  type UrlVerdict,
} from './webSecurity.ts';

/** Opens a web or mail address in the program the system has for it; anything else is refused. */
export async function openExternal(text: string): Promise<boolean> {
  const url = externalUrl(text);
  if (!url) return false;
  try {
    await shell.openExternal(url);
    return true;
  } catch {
    return false; // No program for it: the window says so.
  }
}

function follow(contents: WebContents, url: string, verdict: UrlVerdict): void {
  if (verdict === 'external') void openExternal(url);
  else if (verdict === 'download') contents.downloadURL(url);
}

function guardContents(contents: WebContents): void {
  type Going = { url: string; isMainFrame: boolean; preventDefault: () => void };
  const judge = (event: Going): void => {
    const verdict = event.isMainFrame ? judgeNavigation(event.url) : judgeFrameNavigation(event.url);
    if (verdict === 'allow') return;
    event.preventDefault();
    follow(contents, event.url, verdict);
  };
  // Covers the main frame too; `will-navigate` would ask a second time.
  contents.on('will-frame-navigate', judge);
  contents.on('will-redirect', judge);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    follow(contents, url, judgeWindowOpen(url));
    return { action: 'deny' };
  });
}

function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isPermissionAllowed(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isPermissionAllowed(permission, requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}

/** The one place where every web contents this program ever creates meets the policy. */
export function applyWebSecurity(session: Session): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  guardPermissions(session);
}
