import type { ReactNode } from 'react'

/** The head of an operator's page: title, an optional explanation and the actions. */
export function PageHead({
  title,
  children,
  aside,
  isSentence = false,
}: {
  title: string
  /** A title that is a whole sentence is set smaller. */
  isSentence?: boolean
  children?: ReactNode
  aside?: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-3 pt-6 pb-5">
      <div className="min-w-0 flex-1 basis-72">
        <h1 className={`title wrap-anywhere ${isSentence ? 'text-xl' : 'text-2xl'}`}>{title}</h1>
        {children ? <p className="mt-1.5 max-w-2xl text-sm text-soft">{children}</p> : null}
      </div>
      {aside}
    </div>
  )
}
