'use client'

import { type ReactNode, useRef } from 'react'
import { Button, type ButtonVariant } from '#components/ui/button.tsx'

/** A button that opens the browser's file dialog for one file. */
export function ChooseOneFile({
  accept,
  onChoose,
  busy = false,
  variant = 'secondary',
  children,
}: {
  accept: string
  onChoose: (file: File) => void
  busy?: boolean
  variant?: ButtonVariant
  children: ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        className="sr-only"
        tabIndex={-1}
        aria-hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) onChoose(file)
        }}
      />
      <Button size="sm" variant={variant} busy={busy} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  )
}
