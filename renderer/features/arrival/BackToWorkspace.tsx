import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/index.ts';
import { cameFromWorkspace } from './arrival.ts';

/** On screens without a rail: the way back for somebody who came from another workspace. */
export function BackToWorkspace() {
  const [isShown] = useState(cameFromWorkspace);
  if (!isShown) return null;
  return (
    <Button variant="ghost" size="small" icon={ArrowLeft} onClick={() => window.history.back()}>
      Other workspace
    </Button>
  );
}
