import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/index.ts';

/** One thing out of a section's list: the way back, what it is called, and everything about it. */
export function SubPage({
  back,
  title,
  onBack,
  children,
}: {
  /** What the list is called: "All customers". */
  back: string;
  title?: ReactNode;
  onBack: () => void;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col items-start gap-3">
        <Button variant="ghost" size="small" icon={ArrowLeft} onClick={onBack} className="-ml-2">
          {back}
        </Button>
        {title && (
          <h3 className="flex max-w-full items-center gap-2 break-words font-semibold text-heading">
            {title}
          </h3>
        )}
      </div>
      {children}
    </div>
  );
}
