import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** Shown instead of an empty list: the purpose of the page and the next action. */
export function EmptyState({
  title,
  children,
  action,
  level = 2,
  className,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
  level?: 1 | 2 | 3
  className?: string
}) {
  const Heading = `h${level}` as const
  return (
    <div
      className={classNames('mx-auto flex max-w-lg flex-col items-center px-4 py-16 text-center', className)}
    >
      <svg aria-hidden viewBox="0 0 64 24" className="mb-6 h-6 w-16 text-accent-line" fill="none">
        <path
          d="M2 12h6m6-5v10m6-14v18m6-13v8m6-15v22m6-15v8m6-13v18m6-14v10m4-5h6"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
        />
      </svg>
      <Heading className="title text-xl text-ink">{title}</Heading>
      {children ? <div className="mt-3 text-base text-soft">{children}</div> : null}
      {action ? <div className="mt-7 flex flex-wrap justify-center gap-3">{action}</div> : null}
    </div>
  )
}
