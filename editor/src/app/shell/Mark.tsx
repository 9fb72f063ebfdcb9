/** The gate that decides what may flow. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <path d="M5 9.5c2.3-2 4.7-2 7 0s4.7 2 7 0" stroke="var(--on-accent)" strokeWidth="2" strokeLinecap="round" />
      <path d="M5 15.5c2.3-2 4.7-2 7 0" stroke="var(--on-accent)" strokeWidth="2" strokeLinecap="round" />
      <path d="M15.5 12.5v6" stroke="var(--on-accent)" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  )
}
