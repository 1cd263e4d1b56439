/** How far a long job is; without a total it only says that it goes on. */
export function Progress({ label, done, total }: { label: string; done: number; total: number | null }) {
  const percent = total === null || total === 0 ? null : Math.min(100, Math.floor((done / total) * 100));
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex justify-between gap-3">
        <span className="min-w-0 truncate text-soft">{label}</span>
        {percent !== null && <span className="text-faint tabular-nums">{percent} %</span>}
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { 'aria-valuenow': percent })}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${percent ?? 15}%` }}
        />
      </div>
    </div>
  );
}
