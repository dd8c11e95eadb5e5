'use client'

import { Clapperboard } from 'lucide-react'
import { useEffect, useState } from 'react'
import * as v from 'valibot'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ChoiceChips } from '#components/ui/choice-chips.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { ClipActions } from './clip-actions.tsx'
import { ClipPlayer } from './clip-player.tsx'
import { type Clip, type ClipShape, clipListSchema, clipSchema } from './clip-schema.ts'
import { useClip } from './use-clip.ts'

const shapes = ['square', 'portrait', 'landscape', 'audio'] as const
const MAX_MS = 60_000

/** Makes a clip of a passage, for people who may; nothing for everyone else. */
export function MakeClip({ sermonId, span }: { sermonId: string; span: { startMs: number; endMs: number } }) {
  const t = useTranslations('clips')
  const failureText = useFailureText()
  const [mayMake, setMayMake] = useState(false)
  const [shape, setShape] = useState<ClipShape>('square')
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [requested, setRequested] = useState<Clip | null>(null)
  const clip = useClip(requested, (error) => setFailure(failureText(error)))

  useEffect(() => {
    let isOver = false
    callApi('GET', `/api/v1/sermons/${sermonId}/clips`).then(
      (answer) => {
        if (!isOver) setMayMake(v.parse(clipListSchema, answer).mayMake)
      },
      () => undefined,
    )
    return () => {
      isOver = true
    }
  }, [sermonId])

  async function make() {
    setIsBusy(true)
    setFailure(null)
    setRequested(null)
    try {
      const body = { start: span.startMs, end: span.endMs, shape }
      setRequested(v.parse(clipSchema, await callApi('POST', `/api/v1/sermons/${sermonId}/clips`, body)))
    } catch (error) {
      setFailure(failureText(error))
    } finally {
      setIsBusy(false)
    }
  }

  if (!mayMake) return null
  const lengthMs = span.endMs - span.startMs
  const isMaking = clip?.status === 'pending' || clip?.status === 'running'
  const problem = failure ?? clip?.error
  return (
    <section aria-label={t('title')} className="mt-6 border-t border-line pt-5">
      <h3 className="text-sm font-semibold">{t('title')}</h3>
      <p className="mt-1 text-sm text-soft">{t('introduction')}</p>
      <ChoiceChips
        label={t('shape')}
        chosen={shape}
        onChoose={(next) => {
          setShape(next)
          setRequested(null)
        }}
        choices={shapes.map((value) => ({ value, text: t(value) }))}
      />
      {lengthMs > MAX_MS ? (
        <Notice tone="warn" live className="mt-3">
          {t('tooLong', { seconds: Math.ceil(lengthMs / 1000) })}
        </Notice>
      ) : (
        <Button
          className="mt-3"
          icon={<Clapperboard aria-hidden size={16} />}
          busy={isBusy || isMaking}
          onClick={make}
        >
          {t('make')}
        </Button>
      )}
      <div role="status" className="mt-3">
        {isMaking ? (
          <>
            <ProgressBar label={t('making')} value={clip.status === 'running' ? clip.progress : null} />
            <p className="mt-2 text-xs text-faint">{t('makingText')}</p>
          </>
        ) : null}
        {clip?.status === 'ready' ? <p className="mb-3 text-sm text-soft">{t('ready')}</p> : null}
      </div>
      {problem ? (
        <Notice tone="danger" live>
          {problem}
        </Notice>
      ) : null}
      {clip?.status === 'ready' ? (
        <>
          <ClipPlayer clip={clip} label={t('title')} />
          <div className="mt-3 flex flex-wrap gap-2">
            <ClipActions clip={clip} />
          </div>
        </>
      ) : null}
    </section>
  )
}
