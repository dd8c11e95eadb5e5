'use client'

import type { ComponentProps } from 'react'
import { Button } from './button.tsx'
import { Dialog, DialogClose } from './dialog.tsx'
import { Notice } from './notice.tsx'

/**
 * A dialog that asks before something is done. `keep` names the button that changes nothing, `confirm` the one that
 * calls `onConfirm`. The dialog then closes, or with `staysOpen` when the caller closes it.
 */
export function ConfirmDialog({
  keep,
  onKeep,
  confirm,
  onConfirm,
  tone = 'danger',
  busy = false,
  staysOpen = false,
  error = null,
  children,
  ...dialog
}: Omit<ComponentProps<typeof Dialog>, 'actions'> & {
  keep: string
  onKeep?: () => void
  confirm: string
  onConfirm: () => void
  tone?: 'danger' | 'primary'
  busy?: boolean
  staysOpen?: boolean
  /** Why the last attempt failed. */
  error?: string | null
}) {
  const button = (
    <Button variant={tone} busy={busy} onClick={onConfirm}>
      {confirm}
    </Button>
  )
  return (
    <Dialog
      {...dialog}
      actions={
        <>
          <DialogClose>
            <Button {...(onKeep ? { onClick: onKeep } : {})}>{keep}</Button>
          </DialogClose>
          {staysOpen ? button : <DialogClose>{button}</DialogClose>}
        </>
      }
    >
      {children || error ? (
        <div className="flex flex-col gap-4">
          {children}
          {error ? (
            <Notice tone="danger" live>
              {error}
            </Notice>
          ) : null}
        </div>
      ) : null}
    </Dialog>
  )
}
