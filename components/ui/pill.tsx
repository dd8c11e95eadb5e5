import { Check, CircleAlert, CircleDashed, Hourglass, LoaderCircle, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type Tone = 'neutral' | 'queued' | 'running' | 'waiting' | 'ok' | 'warn' | 'danger'

const colours: Record<Tone, string> = {
  neutral: 'bg-sunken text-soft',
  queued: 'bg-sunken text-soft',
  running: 'bg-accent-soft text-ink',
  waiting: 'bg-warn-soft text-warn',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
}

const base =
  'inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap'

/** A short label with round ends. */
export function Pill({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone
  icon?: ReactNode
  children: ReactNode
}) {
  return (
    <span className={classNames(base, colours[tone])}>
      {icon}
      {children}
    </span>
  )
}

const icons: Record<Tone, typeof Check> = {
  neutral: CircleDashed,
  queued: CircleDashed,
  running: LoaderCircle,
  waiting: Hourglass,
  ok: Check,
  warn: TriangleAlert,
  danger: CircleAlert,
}

/** A status: always an icon and a word, never only a colour. */
export function StatusPill({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = icons[tone]
  return (
    <Pill
      tone={tone}
      icon={<Icon aria-hidden size={13} className={tone === 'running' ? 'animate-turn' : ''} />}
    >
      {children}
    </Pill>
  )
}
