'use client'

import { ChevronDown, Pause, Play, RotateCcw, X } from 'lucide-react'
import { type ChangeEvent, useId, useRef, useState } from 'react'
import { SaveStatus } from '#components/autosave/save-status.tsx'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { Button, ButtonLink, IconButton } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { StatusPill, type Tone } from '#components/ui/pill.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { MessageKey } from '#lib/messages/languages.ts'
import { acceptedTypes } from './choose-files.tsx'
import { describeUpload } from './describe-upload.ts'
import { SermonForm } from './sermon-form.tsx'
import { isOver, isUnfinished, percentSent, type UploadItem, type UploadPhase } from './upload-item.ts'
import { useUploads } from './upload-provider.tsx'

const pills: Record<UploadPhase, [tone: Tone, word: MessageKey<'upload'>]> = {
  preparing: ['queued', 'phasePreparing'],
  duplicate: ['waiting', 'phaseDuplicate'],
  queued: ['queued', 'phaseQueued'],
  starting: ['running', 'phaseStarting'],
  uploading: ['running', 'phaseUploading'],
  paused: ['neutral', 'phasePaused'],
  reconnecting: ['waiting', 'phaseReconnecting'],
  finishing: ['running', 'phaseFinishing'],
  done: ['ok', 'phaseDone'],
  refused: ['danger', 'phaseRefused'],
  failed: ['danger', 'phaseFailed'],
  'needs-file': ['waiting', 'phaseNeedsFile'],
  'needs-permission': ['waiting', 'phaseNeedsPermission'],
  'signed-out': ['waiting', 'phaseSignedOut'],
}

/** One upload: its progress, its actions, and the details of the sermon. */
export function UploadCard({ item, startsOpen }: { item: UploadItem; startsOpen: boolean }) {
  const t = useTranslations('upload')
  const language = useLanguage()
  const { store, known, churchLanguage } = useUploads()
  const [open, setOpen] = useState(startsOpen)
  const panelId = useId()
  const title = item.fields.title || item.fileName
  const [tone, word] = pills[item.phase]
  const editable = !item.replaces && item.phase !== 'preparing' && item.phase !== 'refused'
  const over = isOver(item)

  return (
    <li className="rounded-card border border-line bg-raised" data-upload={item.phase}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pt-3.5 pb-3">
        <div className="min-w-0 flex-1 basis-56">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 {...textIn(item.fields.language)} className="title truncate text-base">
              {title}
            </h3>
            <StatusPill tone={tone}>{t(word)}</StatusPill>
          </div>
          <p className="figures mt-0.5 text-xs text-soft">
            {title === item.fileName ? null : (
              <span className="wrap-anywhere max-sm:hidden">{item.fileName} · </span>
            )}
            {describeUpload(item, t, language)}
          </p>
        </div>
        <div className="flex items-center gap-1">
          <Actions item={item} title={title} />
          {editable ? (
            <IconButton
              label={t(open ? 'hideDetails' : 'showDetails', { title })}
              aria-expanded={open}
              aria-controls={panelId}
              size={40}
              onClick={() => setOpen(!open)}
            >
              <ChevronDown
                aria-hidden
                size={19}
                className={classNames('transition-transform duration-150', open && 'rotate-180')}
              />
            </IconButton>
          ) : null}
          {over ? (
            <IconButton label={t('dismiss', { title })} size={40} onClick={() => store.dismiss(item.id)}>
              <X aria-hidden size={18} />
            </IconButton>
          ) : null}
        </div>
      </div>
      {over ? null : (
        <ProgressBar
          value={percentSent(item)}
          label={t('progressOf', { title })}
          className="mx-4 mb-3.5 w-auto!"
        />
      )}
      {editable ? (
        <div id={panelId} hidden={!open} className="border-t border-line px-4 pt-4 pb-3">
          <SermonForm
            fields={item.fields}
            known={known}
            churchLanguage={churchLanguage}
            shortened={item.shortened}
            offeredDates={item.offeredDates}
            onChange={(patch) => store.edit(item.id, patch)}
          />
          <SaveStatus
            state={item.saveState}
            onKeep={() => store.keepMine(item.id)}
            onDiscard={() => store.discard(item.id)}
          />
        </div>
      ) : null}
    </li>
  )
}

function Actions({ item, title }: { item: UploadItem; title: string }) {
  const t = useTranslations('upload')
  const common = useTranslations('common')
  const { store } = useUploads()
  const canPause = isUnfinished(item) && item.phase !== 'preparing' && item.phase !== 'finishing'
  const canResume = item.phase === 'paused' || item.phase === 'failed'
  return (
    <>
      {canPause ? (
        <IconButton label={t('pause', { title })} size={40} onClick={() => store.pause(item.id)}>
          <Pause aria-hidden size={18} />
        </IconButton>
      ) : null}
      {canResume ? (
        <Button
          size="sm"
          icon={
            item.phase === 'failed' ? <RotateCcw aria-hidden size={15} /> : <Play aria-hidden size={15} />
          }
          onClick={() => store.resume(item.id)}
        >
          {item.phase === 'failed' ? common('tryAgain') : t('resume')}
        </Button>
      ) : null}
      {item.phase === 'duplicate' ? <DecideDuplicate item={item} /> : null}
      {item.phase === 'needs-permission' ? (
        <Button size="sm" icon={<Play aria-hidden size={15} />} onClick={() => void store.allowFile(item.id)}>
          {t('resume')}
        </Button>
      ) : null}
      {item.phase === 'needs-file' ? <ChooseSameFile item={item} /> : null}
      {item.phase === 'signed-out' ? (
        <>
          <a href="/sign-in" target="_blank" rel="noreferrer" className="text-xs text-accent underline">
            {t('signIn')}
          </a>
          <Button size="sm" onClick={() => store.resume(item.id)}>
            {t('resume')}
          </Button>
        </>
      ) : null}
      {item.phase === 'done' && item.sermonId ? (
        <ButtonLink size="sm" href={`/dashboard/sermons/${item.sermonId}`}>
          {t('open')}
        </ButtonLink>
      ) : null}
      {isOver(item) || item.phase === 'finishing' || item.phase === 'duplicate' ? null : (
        <StopUpload item={item} title={title} />
      )}
    </>
  )
}

/** Opens the sermon that has the recording already, adds it anyway, or does not. */
function DecideDuplicate({ item }: { item: UploadItem }) {
  const t = useTranslations('upload')
  const { store } = useUploads()
  return (
    <div className="flex flex-wrap gap-1">
      {item.same?.sermonId ? (
        <ButtonLink size="sm" href={`/dashboard/sermons/${item.same.sermonId}`}>
          {t('openSame')}
        </ButtonLink>
      ) : null}
      <Button size="sm" onClick={() => store.resume(item.id)}>
        {t('addAnyway')}
      </Button>
      <Button size="sm" variant="quiet" onClick={() => void store.cancel(item.id)}>
        {t('doNotAdd')}
      </Button>
    </div>
  )
}

function StopUpload({ item, title }: { item: UploadItem; title: string }) {
  const t = useTranslations('upload')
  const { store } = useUploads()
  return (
    <ConfirmDialog
      title={t('stopTitle')}
      description={t('stopText', { title })}
      trigger={
        <IconButton label={t('stop', { title })} size={40}>
          <X aria-hidden size={18} />
        </IconButton>
      }
      keep={t('keepUploading')}
      confirm={t('stopAndRemove')}
      onConfirm={() => void store.cancel(item.id)}
      staysOpen
    />
  )
}

function ChooseSameFile({ item }: { item: UploadItem }) {
  const t = useTranslations('upload')
  const { store } = useUploads()
  const input = useRef<HTMLInputElement>(null)

  function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.currentTarget.files?.[0]
    event.currentTarget.value = ''
    if (file) void store.provideFile(item.id, { file })
  }

  return (
    <>
      <input
        ref={input}
        type="file"
        accept={acceptedTypes}
        onChange={choose}
        className="sr-only"
        tabIndex={-1}
        aria-hidden
      />
      <Button size="sm" onClick={() => input.current?.click()}>
        {t('chooseFile')}
      </Button>
      {item.problem?.kind === 'other-file' ? (
        <Button size="sm" variant="quiet" onClick={() => void store.startOver(item.id)}>
          {t('startOver')}
        </Button>
      ) : null}
    </>
  )
}
