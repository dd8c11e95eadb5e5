'use client'

import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { useSessionForm } from './use-session-form.ts'

/** A form that signs a person in. It works without JavaScript; with it, an error keeps what was typed. */
export function SessionForm({
  form,
  submitLabel,
  children,
}: {
  form: ReturnType<typeof useSessionForm>
  submitLabel: string
  children: ReactNode
}) {
  return (
    <form method="post" action={form.path} onSubmit={form.submit} className="flex flex-col gap-5">
      {form.message ? (
        <Notice tone="danger" live>
          {form.message}
        </Notice>
      ) : null}
      {children}
      <Button type="submit" variant="primary" busy={form.busy}>
        {submitLabel}
      </Button>
    </form>
  )
}
