/** Ladus: a smooth line out of an L. */
export function Logo() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className="size-8 shrink-0">
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <g fill="none" strokeWidth="3.2" strokeLinecap="round" className="stroke-on-accent">
        <path d="M9 7v11.5c0 3.6 2.4 6 6 6h8" />
        <path d="M16 17c2.6-2.8 5.2 2.2 8-1" opacity="0.6" />
      </g>
    </svg>
  );
}
