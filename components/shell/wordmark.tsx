/** The logo: a pause between two sounds. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={className} fill="none">
      <path
        d="M5 13v6M10.5 8.5v15M21.5 8.5v15M27 13v6"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="16" cy="16" r="1.9" fill="currentColor" />
    </svg>
  )
}
