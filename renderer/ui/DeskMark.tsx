/** Staffdesk's own sign: a desk seen from the front, in the accent. */
export function DeskMark() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" className="shrink-0">
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path
        d="M5.5 9.25h13M7 9.5v7M17 9.5v7M11 9.5v3.75h6"
        className="stroke-on-accent"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
        fill="none"
      />
    </svg>
  );
}
