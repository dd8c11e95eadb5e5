'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useTransition } from 'react'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { SelectField, TextField } from '#components/ui/field.tsx'
import { runStatusWords } from './run-status-pill.tsx'

export type RunFilterValues = { status: string; task: string; sermon: string; error: string }

const afterTypingMs = 350

/** The filters of the runs; they live in the address, and work as a plain form too. */
export function RunFilter({
  values,
  tasks,
  sermonTitle,
}: {
  values: RunFilterValues
  tasks: readonly string[]
  sermonTitle: string | null
}) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const isFiltered = Object.values(values).some((value) => value !== '')

  function apply(form: HTMLFormElement) {
    const query = new URLSearchParams()
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && value.trim() !== '') query.set(name, value.trim())
    }
    startTransition(() => router.replace(`/dashboard/jobs${query.size > 0 ? `?${query}` : ''}`))
  }

  function soon(event: FormEvent<HTMLFormElement>) {
    const form = event.currentTarget
    const isTyping = event.target instanceof HTMLInputElement
    if (timer.current) clearTimeout(timer.current)
    if (!isTyping) apply(form)
    else timer.current = setTimeout(() => apply(form), afterTypingMs)
  }

  return (
    <search aria-label="Runs" aria-busy={isPending}>
      <form
        // A filter that comes from a link must be shown in the fields.
        key={JSON.stringify({ ...values, error: '' })}
        action="/dashboard/jobs"
        onChange={soon}
        onSubmit={(event) => {
          event.preventDefault()
          apply(event.currentTarget)
        }}
        className="flex flex-wrap items-end gap-3"
      >
        <div className="min-w-36 flex-1 sm:max-w-44">
          <SelectField
            label="Status"
            name="status"
            defaultValue={values.status}
            options={[
              { value: '', label: 'Any' },
              ...Object.entries(runStatusWords).map(([value, label]) => ({ value, label })),
            ]}
            className="text-sm!"
          />
        </div>
        <div className="min-w-40 flex-1 sm:max-w-52">
          <SelectField
            label="Task"
            name="task"
            defaultValue={values.task}
            options={[{ value: '', label: 'Any' }, ...tasks.map((task) => ({ value: task, label: task }))]}
            className="text-sm!"
          />
        </div>
        <div className="min-w-44 flex-1 sm:max-w-72">
          <TextField
            label="Words in the error"
            name="error"
            type="search"
            defaultValue={values.error}
            maxLength={200}
            className="text-sm!"
          />
        </div>
        {values.sermon ? <input type="hidden" name="sermon" value={values.sermon} /> : null}
        {isFiltered ? (
          <ButtonLink variant="quiet" href="/dashboard/jobs">
            Show all
          </ButtonLink>
        ) : null}
        <noscript>
          <Button type="submit">Filter</Button>
        </noscript>
      </form>
      {sermonTitle ? <p className="mt-3 text-sm text-soft">Only runs for “{sermonTitle}”.</p> : null}
    </search>
  )
}
