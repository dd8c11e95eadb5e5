'use client'

import { Plus, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import * as v from 'valibot'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useDraft } from '#components/autosave/use-draft.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { player } from '#components/player/player.ts'
import type { Track } from '#components/player/track.ts'
import { PlayMoment } from '#components/sermon/play-moment.tsx'
import { textIn } from '#components/text/text-in.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { formatClock } from '#components/ui/format-duration.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Pill } from '#components/ui/pill.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { Chapter } from '#lib/chapters/chapter.ts'
import type { EditableChapters } from '#lib/chapters/read-chapters.ts'
import {
  type ChapterRow,
  findFreeStart,
  findProblem,
  listProposals,
  parseDraft,
  setTime,
  toChapters,
  toRows,
} from './chapter-rows.ts'

const answerSchema = v.object({ revision: v.number() })

/** The chapters of a recording: what listeners see, and what was detected. A button sends the changes. */
export function ChaptersPanel({
  sermonId,
  track,
  chapters: { source, chapters, revision, detected },
  canEdit,
}: {
  sermonId: string
  track: Track
  chapters: EditableChapters
  canEdit: boolean
}) {
  const t = useTranslations('chapters')
  const failureText = useFailureText()
  const router = useRouter()
  const [text, setText] = useDraft(`chapters-${sermonId}`)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  /** A row that was just added: its title is being typed, and is not missing yet. */
  const [newRowId, setNewRowId] = useState<string | null>(null)
  const draft = parseDraft(text)
  const rows = draft?.rows ?? toRows(chapters)
  const isOutdated = draft !== null && draft.revision !== revision
  const proposals = source === 'detected' && !draft ? [] : listProposals(detected, rows)
  const hasProblem = rows.some((row) => findProblem(row, rows, track.durationMs) !== null)
  const language = track.language ?? null

  const edit = (next: readonly ChapterRow[]) =>
    setText(JSON.stringify({ revision: draft?.revision ?? revision, rows: next }))
  const discard = () => {
    setFailure(null)
    setText('')
  }
  const add = (chapter: Chapter) => {
    const [row] = toRows([chapter])
    if (!row) return null
    const id = crypto.randomUUID()
    edit([...rows, { ...row, id }].toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0)))
    return id
  }
  const addHere = () => {
    const { track: playing, positionMs } = player.store.read()
    const wantedMs = playing?.id === track.id ? positionMs : 0
    setNewRowId(add({ title: '', startMs: findFreeStart(rows, wantedMs, track.durationMs) }))
  }
  const save = async () => {
    setBusy(true)
    setFailure(null)
    try {
      const body = { revision: draft?.revision ?? revision, chapters: toChapters(rows) }
      v.parse(answerSchema, await callApi('PUT', `/api/v1/sermons/${sermonId}/chapters`, body))
      showToast(t('saved'))
      setText('')
      router.refresh()
    } catch (error) {
      setFailure(failureText(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Panel
      title={t('title')}
      aside={source === 'detected' && !draft ? <Pill tone="warn">{t('detected')}</Pill> : null}
    >
      <p className="text-sm text-soft">{t(source === null ? 'none' : source)}</p>
      {rows.length > 0 ? (
        <ol className="mt-4 flex flex-col gap-3">
          {rows.map((row) => {
            const problem = findProblem(row, rows, track.durationMs)
            const isNew = row.id === newRowId
            const change = (next: ChapterRow) =>
              edit(rows.map((other) => (other.id === row.id ? next : other)))
            return (
              <li key={row.id} className="flex flex-wrap items-start gap-2">
                {canEdit ? (
                  <>
                    <div className="w-24">
                      <TextField
                        label={t('timeOf', { title: row.title })}
                        hideLabel
                        inputMode="text"
                        className="figures"
                        value={row.time}
                        onChange={(event) => change(setTime(row, event.target.value))}
                      />
                    </div>
                    <div className="min-w-40 flex-1">
                      <TextField
                        {...textIn(language)}
                        label={t('titleOf', { time: row.time })}
                        hideLabel
                        maxLength={200}
                        value={row.title}
                        placeholder={t('titlePlaceholder')}
                        error={problem && !(isNew && problem === 'noTitle') ? t(problem) : undefined}
                        autoFocus={isNew}
                        onBlur={() => isNew && setNewRowId(null)}
                        onChange={(event) => change({ ...row, title: event.target.value })}
                      />
                    </div>
                  </>
                ) : (
                  <span {...textIn(language)} className="order-2 min-w-0 flex-1 self-center wrap-anywhere">
                    {row.title}
                  </span>
                )}
                <div className="flex min-h-11 items-center gap-1">
                  <PlayMoment
                    track={track}
                    startMs={row.startMs ?? 0}
                    endMs={nextStart(rows, row) ?? track.durationMs}
                  />
                  {canEdit ? (
                    <IconButton
                      label={t('remove', { title: row.title || row.time })}
                      onClick={() => edit(rows.filter(({ id }) => id !== row.id))}
                    >
                      <Trash2 aria-hidden size={17} />
                    </IconButton>
                  ) : null}
                </div>
              </li>
            )
          })}
        </ol>
      ) : null}
      {canEdit && proposals.length > 0 ? (
        <section aria-label={t('proposals')} className="mt-5">
          <h3 className="text-sm font-medium">{t('proposals')}</h3>
          <ul className="mt-2 flex flex-col gap-2">
            {proposals.map((proposal) => (
              <li key={proposal.startMs} className="flex flex-wrap items-center gap-2 text-sm">
                <PlayMoment track={track} startMs={proposal.startMs} endMs={proposal.startMs} />
                <span {...textIn(language)} className="min-w-0 flex-1 basis-40 wrap-anywhere">
                  {proposal.title}
                </span>
                <Button
                  size="sm"
                  aria-label={t('acceptOf', { time: formatClock(proposal.startMs), title: proposal.title })}
                  onClick={() => add(proposal)}
                >
                  {t('accept')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {failure || isOutdated ? (
        <Notice tone="danger" live className="mt-4">
          {failure ?? t('outdated')}
        </Notice>
      ) : null}
      {canEdit ? (
        <div className="mt-4 flex flex-wrap gap-2.5">
          <Button size="sm" icon={<Plus aria-hidden size={15} />} onClick={addHere}>
            {t('add')}
          </Button>
          {draft ? (
            <>
              <Button
                size="sm"
                variant="primary"
                busy={busy}
                disabled={hasProblem || isOutdated}
                onClick={save}
              >
                {t('save')}
              </Button>
              <Button size="sm" variant="quiet" onClick={discard}>
                {t('discard')}
              </Button>
            </>
          ) : source === 'detected' ? (
            <>
              <Button size="sm" variant="primary" busy={busy} onClick={save}>
                {t('acceptAll')}
              </Button>
              <Button size="sm" variant="quiet" onClick={() => edit([])}>
                {t('removeAll')}
              </Button>
            </>
          ) : null}
        </div>
      ) : null}
    </Panel>
  )
}

function nextStart(rows: readonly ChapterRow[], { startMs }: ChapterRow): number | undefined {
  return (
    rows
      .map((row) => row.startMs)
      .filter((start) => start !== null && start > (startMs ?? 0))
      .toSorted((one, other) => (one ?? 0) - (other ?? 0))[0] ?? undefined
  )
}
