import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { trpc } from '../../api/client.ts';

const TELL_EVERY_MS = 60_000;

/** Tells the desk that somebody looks at it: it syncs often then, and at once when the network is back. */
export function useAttention(): void {
  const { mutate } = useMutation(trpc.sync.attend.mutationOptions());
  useEffect(() => {
    const isSeen = () => !document.hidden && document.hasFocus();
    const tell = () => {
      if (isSeen()) mutate({ isBack: false });
    };
    const back = () => {
      if (!document.hidden) mutate({ isBack: true });
    };
    tell();
    const timer = setInterval(tell, TELL_EVERY_MS);
    window.addEventListener('online', back);
    window.addEventListener('focus', back);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', back);
      window.removeEventListener('focus', back);
    };
  }, [mutate]);
}
