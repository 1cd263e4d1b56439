import { useMutation } from '@tanstack/react-query';
import { BellRing, ChevronsUpDown, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import { useState } from 'react';
import { queryClient, trpc } from '../../api/client.ts';
import { useViewer } from '../../api/desk.ts';
import { toAppError } from '../../api/errors.ts';
import { avatarUrl } from '../../api/files.ts';
import { useCommand } from '../../app/commands.ts';
import { desktop } from '../../desktop/index.ts';
import { type Theme, useList, useUi } from '../../stores/index.ts';
import {
  Avatar,
  DeskMark,
  Icon,
  type LucideIcon,
  Menu,
  MenuItem,
  MenuLabel,
  MenuSeparator,
} from '../../ui/index.ts';
import { forgetKeptEdits } from '../setup/index.ts';
import { forgetEarlyAnswers } from '../ticket/index.ts';
import { forgetToasts, showToast } from '../toasts/index.ts';
import { WorkspaceItems } from '../workspaces/index.ts';

const THEMES: readonly { theme: Theme; label: string; icon: LucideIcon }[] = [
  { theme: 'light', label: 'Light', icon: Sun },
  { theme: 'dark', label: 'Dark', icon: Moon },
  { theme: 'system', label: 'Like the system', icon: Monitor },
];

function useSignOut(): () => void {
  const { mutate } = useMutation(
    trpc.session.signOut.mutationOptions({
      onSuccess: () => {
        // Nothing of this person stays in memory for the next one.
        forgetToasts();
        forgetKeptEdits();
        forgetEarlyAnswers();
        useList.getState().clearChosen();
        void queryClient.resetQueries();
      },
      onError: (error) => showToast({ text: toAppError(error).message, tone: 'danger' }),
    }),
  );
  return () => mutate();
}

function openProfile(): void {
  useUi.getState().go({ kind: 'setup', section: 'profile' });
}

function useThemeCommand(): void {
  const { theme, set } = useUi();
  useCommand({
    id: 'theme',
    title: theme === 'dark' ? 'Light theme' : 'Dark theme',
    keys: ['g l'],
    group: 'Window',
    run: () => set({ theme: theme === 'dark' ? 'light' : 'dark' }),
  });
}

/** The desk's name; behind it the other workspaces, theme, notifications and signing out. */
export function DeskMenu({ isFolded }: { isFolded: boolean }) {
  const viewer = useViewer();
  const signOut = useSignOut();
  useThemeCommand();
  useCommand({ id: 'go-profile', title: 'Profile', keys: ['g p'], group: 'Go to', run: openProfile });
  const name = viewer?.siteName || 'Staffdesk';
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`${name}: desk menu`}
          className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-1.5 text-left transition-colors hover:bg-hover data-[state=open]:bg-hover"
        >
          <DeskMark />
          {!isFolded && <span className="min-w-0 flex-1 truncate font-semibold">{name}</span>}
          {!isFolded && <Icon of={ChevronsUpDown} size={14} className="text-faint" />}
        </button>
      }
    >
      {viewer && (
        <div className="flex items-center gap-2.5 px-2 pt-1.5 pb-2">
          <Avatar name={viewer.staff.name} picture={avatarUrl(viewer.staff)} tone="accent" />
          <div className="min-w-0">
            <div className="truncate font-medium">{viewer.staff.name}</div>
            <div className="truncate text-faint text-small">{viewer.staff.email}</div>
          </div>
        </div>
      )}
      <WorkspaceItems />
      <MenuSeparator />
      <ThemeItems />
      <NotificationItem />
      <MenuSeparator />
      <MenuItem icon={UserRound} keys="g p" onSelect={openProfile}>
        Profile
      </MenuItem>
      <MenuItem icon={LogOut} onSelect={signOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

function ThemeItems() {
  const { theme, set } = useUi();
  return (
    <>
      <MenuLabel>Theme</MenuLabel>
      {THEMES.map((item) => (
        <MenuItem
          key={item.theme}
          icon={item.icon}
          isChecked={theme === item.theme}
          onSelect={() => set({ theme: item.theme })}
        >
          {item.label}
        </MenuItem>
      ))}
    </>
  );
}

/** A browser asks once, and only after a click; the desktop app needs no asking. */
function NotificationItem() {
  const [canAsk, setCanAsk] = useState(desktop.canAskToNotify());
  if (!canAsk) return null;
  return (
    <>
      <MenuSeparator />
      <MenuItem
        icon={BellRing}
        onSelect={() => void desktop.askToNotify().then(() => setCanAsk(desktop.canAskToNotify()))}
      >
        Turn on notifications
      </MenuItem>
    </>
  );
}
