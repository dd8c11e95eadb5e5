import { Check, CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

const looks = {
  info: { icon: Info, colour: 'border-line bg-raised text-soft', mark: 'text-accent' },
  ok: { icon: Check, colour: 'border-transparent bg-ok-soft text-ink', mark: 'text-ok' },
  warn: { icon: TriangleAlert, colour: 'border-transparent bg-warn-soft text-ink', mark: 'text-warn' },
  danger: { icon: CircleAlert, colour: 'border-transparent bg-danger-soft text-ink', mark: 'text-danger' },
} as const

/** A message inside the page. `live` announces it to screen readers when it appears. */
export function Notice({
  tone = 'info',
  title,
  children,
  action,
  live = false,
  className,
}: {
  tone?: keyof typeof looks
  title?: string
  children?: ReactNode
  action?: ReactNode
  live?: boolean
  className?: string
}) {
  const { icon: Icon, colour, mark } = looks[tone]
  return (
    <div
      role={live ? (tone === 'danger' ? 'alert' : 'status') : undefined}
      className={classNames('flex gap-3 rounded-card border px-4 py-3.5 text-sm', colour, className)}
    >
      <Icon aria-hidden size={19} className={classNames('mt-0.5 shrink-0', mark)} />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-medium text-ink">{title}</p> : null}
        {children ? <div className={title ? 'mt-0.5' : ''}>{children}</div> : null}
        {action ? <div className="mt-3 flex flex-wrap gap-2">{action}</div> : null}
      </div>
    </div>
  )
}
