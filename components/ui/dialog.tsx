'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from './class-names.ts'

/**
 * A modal dialog. Open it by `trigger`, or from outside with `open` and `onOpenChange`. Focus stays inside, Escape
 * closes it, and focus then returns to where it was.
 */
export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  children,
  actions,
  wide = false,
}: {
  title: string
  description?: ReactNode
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children?: ReactNode
  /** Usually a `DialogClose` and the button that confirms. */
  actions?: ReactNode
  wide?: boolean
}) {
  const t = useTranslations('common')
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange === undefined ? {} : { onOpenChange: (next: boolean) => onOpenChange(next) })}
    >
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-50 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={classNames(
            'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col',
            'overflow-y-auto rounded-card bg-raised p-6 text-ink shadow-float outline-none',
            'transition-[opacity,scale] duration-150 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0',
            wide ? 'max-w-2xl' : 'max-w-md',
          )}
        >
          <div className="flex items-start gap-4">
            <Base.Title className="title flex-1 text-lg">{title}</Base.Title>
            <Base.Close
              aria-label={t('close')}
              className="press -mt-1.5 -mr-2 grid size-10 place-items-center rounded-full text-soft hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden size={19} />
            </Base.Close>
          </div>
          {description ? (
            <Base.Description className="mt-1 text-sm text-soft">{description}</Base.Description>
          ) : null}
          {children ? <div className="mt-5">{children}</div> : null}
          {actions ? <div className="mt-6 flex flex-wrap justify-end gap-2.5">{actions}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** Closes the dialog around it. Its child is the button to show, such as `<Button>Cancel</Button>`. */
export function DialogClose({ children }: { children: ReactElement }) {
  return <Base.Close render={children} />
}
