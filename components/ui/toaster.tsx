'use client'

import { Check, CircleAlert, X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { currentToasts, hideToast, subscribeToToasts, type Toast, type ToastAction } from './toast-store.ts'

const none: readonly Toast[] = []

function ActionButton({ id, action }: { id: number; action: ToastAction }) {
  return (
    <button
      type="button"
      onClick={() => {
        hideToast(id)
        action.act()
      }}
      className="press rounded-full px-2 py-1 font-medium underline underline-offset-2"
    >
      {action.label}
    </button>
  )
}

/** Shows toasts above the player and announces them politely. Once, in the root layout. */
export function Toaster() {
  const t = useTranslations('common')
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts, () => none)
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 z-60 flex flex-col items-center gap-2 px-4"
      style={{ bottom: 'calc(var(--covered) + 1rem)' }}
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className="pointer-events-auto flex max-w-md animate-appear items-center gap-2.5 rounded-full bg-ink py-2 pr-2 pl-4 text-sm text-paper shadow-float"
        >
          {toast.tone === 'ok' ? <Check aria-hidden size={17} /> : <CircleAlert aria-hidden size={17} />}
          <span>{toast.text}</span>
          {toast.action ? <ActionButton id={toast.id} action={toast.action} /> : null}
          <button
            type="button"
            aria-label={t('dismiss')}
            onClick={() => hideToast(toast.id)}
            className="press grid size-8 place-items-center rounded-full opacity-75 hover:opacity-100"
          >
            <X aria-hidden size={15} />
          </button>
        </div>
      ))}
    </div>
  )
}
