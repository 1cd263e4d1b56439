import { useEffect, useState } from 'react';
import { secretOfHash } from './resetLink.ts';

export type ResetControl = {
  /** The secret of the link that was opened; '' = still to be pasted; null = nobody resets anything. */
  secret: string | null;
  set: (secret: string | null) => void;
};

/** Follows reset links, at start and when one is put into the address bar, and takes them out of it. */
export function useResetLink(): ResetControl {
  const [secret, setSecret] = useState(() => secretOfHash(window.location.hash));
  useEffect(() => {
    const follow = () => {
      const found = secretOfHash(window.location.hash);
      if (found === null) return;
      setSecret(found);
      // Neither the history nor a bookmark should keep it.
      window.history.replaceState(null, '', window.location.pathname);
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return { secret, set: setSecret };
}
