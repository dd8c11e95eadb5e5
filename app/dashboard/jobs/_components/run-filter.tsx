'use client'

import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { SelectField, TextField } from '#components/ui/field.tsx'
import { noFilter, type RunFilterValues, readRunFilter, statusOptions, windows } from './run-filter-words.ts'

const afterTypingMs = 350
const path = '/dashboard/jobs'
const small = 'min-h-10! text-sm!'

/** The filters of the runs; they live in the address, and work as a plain form too. */
export function RunFilter({
  values,
  church,
  tasks,
  sermonTitle,
}: {
  values: RunFilterValues
  church: string | undefined
  tasks: readonly string[]
  sermonTitle: string | null
}) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), [])
  const [when, setWhen] = useState(values.when)
  const said = JSON.stringify(values)
  const [known, setKnown] = useState(said)
  const [version, setVersion] = useState(0)
  // Changed by something else than this form, such as a link: the fields must say the same.
  if (said !== known && !isPending) {
    setKnown(said)
    setWhen(values.when)
    setVersion(version + 1)
  }
  const isFiltered = Object.values(values).some((value) => value !== '')

  function apply(form: HTMLFormElement) {
    const query: Record<string, string> = {}
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string') query[name] = isMoment(name) ? toIso(value) : value.trim()
    }
    startTransition(() => {
      setKnown(JSON.stringify(readRunFilter(query)))
      router.replace(jobsPath(path, query), { scroll: false })
    })
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
        key={version}
        action={path}
        onChange={soon}
        onSubmit={(event) => {
          event.preventDefault()
          apply(event.currentTarget)
        }}
        className="grid grid-cols-2 items-end gap-x-3 gap-y-3 lg:grid-cols-[10.5rem_10.5rem_10rem_minmax(0,1fr)_minmax(0,1fr)]"
      >
        <SelectField
          label="Status"
          name="status"
          defaultValue={values.status}
          options={statusOptions}
          className={small}
        />
        <SelectField
          label="Task"
          name="task"
          defaultValue={values.task}
          options={[{ value: '', label: 'Any' }, ...tasks.map((task) => ({ value: task, label: task }))]}
          className={small}
        />
        <SelectField
          label="Requested"
          name="when"
          defaultValue={values.when}
          onChange={(event) => setWhen(event.currentTarget.value)}
          options={[
            { value: '', label: 'Any time' },
            ...Object.entries(windows).map(([value, { label }]) => ({ value, label })),
            { value: 'between', label: 'Between…' },
          ]}
          className={small}
        />
        <TextField
          label="Sermon"
          name="title"
          type="search"
          placeholder="Words in its title"
          defaultValue={values.title}
          maxLength={200}
          className={small}
        />
        <div className="max-lg:col-span-2">
          <TextField
            label="Words in the error"
            name="error"
            type="search"
            defaultValue={values.error}
            maxLength={200}
            className={small}
          />
        </div>
        {when === 'between' ? (
          <fieldset className="col-span-full flex flex-wrap gap-3">
            <legend className="sr-only">Requested between</legend>
            <Moment label="From" name="since" iso={values.since} />
            <Moment label="To" name="until" iso={values.until} />
          </fieldset>
        ) : null}
        {church ? <input type="hidden" name="church" value={church} /> : null}
        {values.sermon ? <input type="hidden" name="sermon" value={values.sermon} /> : null}
        {values.fingerprint ? <input type="hidden" name="fingerprint" value={values.fingerprint} /> : null}
        <noscript>
          <Button type="submit">Filter</Button>
        </noscript>
      </form>
      {isFiltered ? (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {values.sermon ? (
            <Only href={jobsPath(path, { ...values, church, sermon: '' })}>
              Sermon: {sermonTitle ?? 'one sermon'}
            </Only>
          ) : null}
          {values.fingerprint ? (
            <Only href={jobsPath(path, { ...values, church, fingerprint: '' })}>One kind of error</Only>
          ) : null}
          <ButtonLink variant="quiet" size="sm" href={jobsPath(path, { ...noFilter, church })}>
            Show all
          </ButtonLink>
        </div>
      ) : null}
    </search>
  )
}

/** A filter that has no field: what it says, and how to take it away. */
function Only({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <ButtonLink size="sm" href={href} icon={<X aria-hidden size={14} />} className="max-w-full">
      <span className="sr-only">Take away the filter </span>
      <span className="truncate">{children}</span>
    </ButtonLink>
  )
}

function Moment({ label, name, iso }: { label: string; name: string; iso: string }) {
  return (
    <div className="w-56">
      <TextField
        label={label}
        name={name}
        type="datetime-local"
        defaultValue={toLocal(iso)}
        suppressHydrationWarning
        className={small}
      />
    </div>
  )
}

const isMoment = (name: string) => name === 'since' || name === 'until'

/** The field knows the reader's clock only; the address holds a moment that means the same everywhere. */
function toIso(local: string): string {
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? '' : at.toISOString()
}

function toLocal(iso: string): string {
  const at = new Date(iso)
  if (iso === '' || Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
