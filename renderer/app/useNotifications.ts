import { useEffect } from 'react';
import { ticketId } from '../../shared/model/ids.ts';
import { useViewer } from '../api/desk.ts';
import { onDeskEvent } from '../api/events.ts';
import { desktop } from '../desktop/index.ts';
import { useUi } from '../stores/index.ts';
import { runCommand } from './commands.ts';

/**
 * A customer wrote while the window is out of sight: a system notification and a number on the icon, which goes
 * when the window is seen again. Tickets of colleagues stay quiet.
 */
export function useNotifications(): void {
  const viewerId = useViewer()?.staff.id ?? null;
  useEffect(() => {
    let unseen = 0;
    const stopEvents = onDeskEvent((event) => {
      if (event.type !== 'customer_message' || !document.hidden) return;
      if (event.assigneeId !== null && event.assigneeId !== viewerId) return;
      unseen += 1;
      void desktop.setBadge(unseen);
      void desktop.notify({
        title: `${event.customerName}: ${event.subject}`.slice(0, 200),
        body: event.preview.slice(0, 500),
        ticketId: event.ticketId,
      });
    });
    const onVisible = () => {
      if (document.hidden || unseen === 0) return;
      unseen = 0;
      void desktop.setBadge(0);
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      stopEvents();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [viewerId]);
  useEffect(
    () =>
      desktop.onCommand((command) => {
        if (command.type === 'run_command') runCommand(command.command);
        else {
          const id = ticketId.safeParse(command.ticketId);
          if (id.success) useUi.getState().openTicket(id.data);
        }
      }),
    [],
  );
}
