import type { WorkspaceItem } from '../../../shared/contract/workspaces.ts';
import { toAppError } from '../../api/errors.ts';
import { arrivalUrl } from '../arrival/index.ts';
import { hasKeptEdits } from '../setup/index.ts';
import { showToast } from '../toasts/index.ts';
import { workspaceCalls } from './workspaceCalls.ts';
import { askAboutMissing } from './workspaceDialogs.ts';
import { nameOf } from './workspaceText.ts';

/** Opening a desk takes a moment: what takes longer says what it does. */
const LATE_MS = 300;

/** Leaves for another workspace. Drafts are written as the page goes; what Setup has not saved would be lost. */
export async function leaveFor(
  name: string,
  call: () => Promise<{ url: string }>,
  isNewMirror = false,
): Promise<boolean> {
  if (hasKeptEdits()) {
    showToast({ text: 'Setup has changes that are not saved. Save or discard them first.', tone: 'danger' });
    return false;
  }
  const late = setTimeout(() => showToast({ text: `Opening ${name}…` }), LATE_MS);
  try {
    const { url } = await call();
    window.location.assign(arrivalUrl(url, isNewMirror));
    return true;
  } catch (error) {
    showToast({ text: toAppError(error).message, tone: 'danger' });
    return false;
  } finally {
    clearTimeout(late);
  }
}

/** Goes to a workspace of the list; one whose folder is not there is asked about. */
export function goToWorkspace(item: WorkspaceItem): void {
  if (item.presence === 'here') return;
  if (item.presence === 'missing') askAboutMissing(item);
  else void leaveFor(nameOf(item), () => workspaceCalls.open(item.key));
}
