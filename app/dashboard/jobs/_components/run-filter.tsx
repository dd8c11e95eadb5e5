'use client'

import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react'
import { useTimeZone } from '#components/dates/time-zone.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { runWindows } from '#components/jobs/run-windows.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { SelectField, TextField } from '#components/ui/field.tsx'
import { readLocalTime, toLocalTime } from '#lib/dates/local-time.ts'
import { noFilter, type RunFilterValues, readRunFilter, statusMessages } from './run-filter-words.ts'

const afterTypingMs = 350
const path = '/dashboard/jobs'
const small = 'min-h-10! text-sm!'

/** The filters of the runs; they are in the address, and work as a plain form too. */
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
  const t = useTranslations('jobs')
  const router = useRouter()
  const timeZone = useTimeZone()
  const [isPending, startTransition] = useTransition()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), [])
  const [when, setWhen] = useState(values.when)
  const shownFilter = JSON.stringify(values)
  const [known, setKnown] = useState(shownFilter)
  const [version, setVersion] = useState(0)
  // Changed by something else than this form, such as a link: the fields must show the new filters.
  if (shownFilter !== known && !isPending) {
    setKnown(shownFilter)
    setWhen(values.when)
    setVersion(version + 1)
  }
  const isFiltered = Object.values(values).some((value) => value !== '')

  function apply(form: HTMLFormElement) {
    const query: Record<string, string> = {}
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string') query[name] = isMoment(name) ? toIso(value, timeZone) : value.trim()
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
    <search aria-label={t('runs')} aria-busy={isPending}>
      <form
        key={version}
        action={path}
        onChange={soon}
        onSubmit={(event) => {
          event.preventDefault()
          apply(event.currentTarget)
        }}
        className="grid grid-cols-[repeat(auto-fit,minmax(min(8rem,100%),1fr))] items-end gap-x-3 gap-y-3"
      >
        <SelectField
          label={t('status')}
          name="status"
          defaultValue={values.status}
          options={[
            { value: '', label: t('any') },
            ...Object.entries(statusMessages).map(([value, message]) => ({ value, label: t(message) })),
          ]}
          className={small}
        />
        <SelectField
          label={t('task')}
          name="task"
          defaultValue={values.task}
          options={[{ value: '', label: t('any') }, ...tasks.map((task) => ({ value: task, label: task }))]}
          className={small}
        />
        <SelectField
          label={t('requested')}
          name="when"
          defaultValue={values.when}
          onChange={(event) => setWhen(event.currentTarget.value)}
          options={[
            { value: '', label: t('anyTime') },
            ...Object.entries(runWindows).map(([value, { label }]) => ({ value, label: t(label) })),
            { value: 'between', label: t('between') },
          ]}
          className={small}
        />
        <TextField
          label={t('sermon')}
          name="title"
          type="search"
          placeholder={t('titleExample')}
          defaultValue={values.title}
          maxLength={200}
          className={small}
        />
        <TextField
          label={t('errorWords')}
          name="error"
          type="search"
          defaultValue={values.error}
          maxLength={200}
          className={small}
        />
        {when === 'between' ? (
          <fieldset className="col-span-full flex flex-wrap gap-3">
            <legend className="sr-only">{t('requestedBetween')}</legend>
            <Moment label={t('from')} name="since" iso={values.since} />
            <Moment label={t('to')} name="until" iso={values.until} />
          </fieldset>
        ) : null}
        {church ? <input type="hidden" name="church" value={church} /> : null}
        {values.sermon ? <input type="hidden" name="sermon" value={values.sermon} /> : null}
        {values.fingerprint ? <input type="hidden" name="fingerprint" value={values.fingerprint} /> : null}
        <noscript>
          <Button type="submit">{t('filter')}</Button>
        </noscript>
      </form>
      {isFiltered ? (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {values.sermon ? (
            <Only href={jobsPath(path, { ...values, church, sermon: '' })}>
              {sermonTitle ? t('filterSermon', { title: sermonTitle }) : t('filterOneSermon')}
            </Only>
          ) : null}
          {values.fingerprint ? (
            <Only href={jobsPath(path, { ...values, church, fingerprint: '' })}>{t('filterError')}</Only>
          ) : null}
          <ButtonLink variant="quiet" size="sm" href={jobsPath(path, { ...noFilter, church })}>
            {t('showAll')}
          </ButtonLink>
        </div>
      ) : null}
    </search>
  )
}

/** A filter without a field: its description and a link that removes it. */
function Only({ href, children }: { href: string; children: React.ReactNode }) {
  const t = useTranslations('jobs')
  return (
    <ButtonLink size="sm" href={href} icon={<X aria-hidden size={14} />} className="max-w-full">
      <span className="sr-only">{t('removeFilter')}</span>
      <span className="truncate">{children}</span>
    </ButtonLink>
  )
}

function Moment({ label, name, iso }: { label: string; name: string; iso: string }) {
  const timeZone = useTimeZone()
  return (
    <div className="w-56">
      <TextField
        label={label}
        name={name}
        type="datetime-local"
        defaultValue={toLocal(iso, timeZone)}
        hint={timeZone}
        className={small}
      />
    </div>
  )
}

const isMoment = (name: string) => name === 'since' || name === 'until'

/** The field shows the time of the church; the address contains the moment in UTC. */
function toIso(local: string, timeZone: string): string {
  const read = readLocalTime(local, timeZone)
  return read.kind === 'exact' || read.kind === 'repeated' ? read.iso : ''
}

function toLocal(iso: string, timeZone: string): string {
  return iso === '' || Number.isNaN(Date.parse(iso)) ? '' : toLocalTime(iso, timeZone)
}
