'use client'

import { ArrowLeft, Check, CircleHelp } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useDraftOwner } from '#components/autosave/draft-owner.tsx'
import { SaveStatus } from '#components/autosave/save-status.tsx'
import { useAutosave } from '#components/autosave/use-autosave.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { player } from '#components/player/player.ts'
import type { Track } from '#components/player/track.ts'
import { PlaySermon } from '#components/sermon/play-sermon.tsx'
import { textIn } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { Pill } from '#components/ui/pill.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { TranscriptVersion } from '#lib/sermons/list-transcript-versions.ts'
import type { ApiTranscript } from '#lib/sermons/to-api-transcript.ts'
import { caretOffset, EditableParagraph, paragraphId, wordsBefore } from './editable-paragraph.tsx'
import { FindAndReplace } from './find-and-replace.tsx'
import { openTranscriptAutosave, type TranscriptAutosave } from './open-transcript-autosave.ts'
import { isDoubtful, rangeOfWord } from './text-highlights.ts'
import { useHighlights } from './use-highlights.ts'
import { Versions } from './versions.tsx'

/** An editor for the transcript, with its recording. Changes are saved during typing. */
export function TranscriptEditor({
  sermon,
  track,
  transcript,
  versions,
}: {
  sermon: { id: string; title: string; path: string }
  /** Null without a recording that can be played. */
  track: Track | null
  transcript: ApiTranscript
  versions: readonly TranscriptVersion[]
}) {
  const t = useTranslations('transcriptEditor')
  const owner = useDraftOwner()
  const [editor] = useState(() => openTranscriptAutosave(owner, sermon.id, transcript))
  const { autosave } = editor
  const { fields, state } = useAutosave(autosave)
  const change = useChange(sermon.id, editor)
  const startOf = useMemo(
    () => new Map(editor.keys.map((key) => [key, editor.words(key)[0]?.startMs ?? 0])),
    [editor],
  )
  useHighlights(editor, track, state)

  const play = useCallback(
    (key: string, wordIndex: number, { starts }: { starts: boolean }) => {
      const words = editor.words(key)
      const startMs = words[Math.min(wordIndex, words.length - 1)]?.startMs
      if (!track || startMs === undefined) return
      const isCurrent = player.store.read().track?.id === track.id
      if (starts) player.playTrack(track, startMs)
      else if (isCurrent) player.seek(startMs)
    },
    [editor, track],
  )
  const actions = useMemo(
    () => ({
      edit: (key: string, text: string) => autosave.edit({ [key]: text }),
      split(key: string, wordIndex: number) {
        change((words) => {
          const start = words(key)[wordIndex]?.id
          return start === undefined ? null : { paragraphStarts: [...startsOf(editor), start] }
        })
      },
      join(key: string) {
        if (key === editor.keys[0]) return
        change(() => ({
          paragraphStarts: startsOf(editor).filter((start) => start !== editor.words(key)[0]?.id),
        }))
      },
      move: (key: string, wordIndex: number) => play(key, wordIndex, { starts: false }),
    }),
    [autosave, change, editor, play],
  )

  useEffect(() => {
    const commands: Record<string, () => void> = {
      Enter() {
        const place = caretPlace(editor)
        if (place) play(place.key, place.wordIndex, { starts: true })
      },
      ' '() {
        if (track && player.store.read().track?.id !== track.id) player.playTrack(track)
        else player.toggle()
      },
      '.': () => showNextDoubtful(editor, play),
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const command = event.ctrlKey || event.metaKey ? commands[event.key] : undefined
      if (!command) return
      event.preventDefault()
      command()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [editor, track, play])

  const hasDoubts = editor.keys.some((key) => editor.words(key).some(isDoubtful))
  return (
    <div>
      <Link
        href={sermon.path}
        className="press mt-6 inline-flex min-h-9 items-center gap-1.5 rounded-full text-sm text-soft hover:text-ink"
      >
        <ArrowLeft aria-hidden size={16} />
        {t('back')}
      </Link>
      <div className="top-0 z-10 -mx-2 md:sticky border-b border-line bg-paper px-2 pt-3 pb-3">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          {track ? <PlaySermon track={track} sizePx={44} /> : null}
          <div className="min-w-0 flex-1 basis-64">
            <h1 {...textIn(transcript.language)} className="title text-xl wrap-anywhere">
              {sermon.title}
            </h1>
            <SaveStatus state={state} onKeep={autosave.keepMine} onDiscard={autosave.discard} />
          </div>
          {transcript.draft ? <Pill tone="warn">{t('draft')}</Pill> : null}
          {transcript.reviewed ? <Pill tone="ok">{t('reviewed')}</Pill> : null}
          <Button
            size="sm"
            icon={<Check aria-hidden size={15} />}
            onClick={() => change(() => ({ reviewed: !transcript.reviewed }))}
          >
            {t(transcript.reviewed ? 'unmark' : 'markReviewed')}
          </Button>
        </div>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <FindAndReplace editor={editor} fields={fields} onReplace={(texts) => autosave.edit(texts)} />
          {hasDoubts ? (
            <Button
              size="sm"
              variant="quiet"
              icon={<CircleHelp aria-hidden size={15} />}
              onClick={() => showNextDoubtful(editor, play)}
            >
              {t('nextDoubtful')}
            </Button>
          ) : null}
          <Versions versions={versions} onRestore={(version) => change(() => ({ version }), 'versions')} />
        </div>
      </div>
      <p className="mt-4 mb-5 max-w-2xl text-xs text-faint">{t(track ? 'help' : 'helpWithoutAudio')}</p>
      <div className="reading max-w-3xl">
        {editor.keys.map((key) =>
          // A paragraph disappears when its last word was removed and saved.
          fields[key] === '' && editor.words(key).length === 0 ? null : (
            <EditableParagraph
              key={key}
              name={key}
              text={fields[key] ?? ''}
              startMs={startOf.get(key) ?? 0}
              language={transcript.language}
              actions={actions}
            />
          ),
        )}
      </div>
    </div>
  )
}

const startsOf = (editor: TranscriptAutosave): string[] =>
  editor.keys.flatMap((key) => editor.words(key)[0]?.id ?? [])

/**
 * Sends a change that is not text after all typed text is saved, then shows the transcript of the server. `plan` may
 * return null if there is nothing to change.
 */
function useChange(sermonId: string, editor: TranscriptAutosave) {
  const router = useRouter()
  const failureText = useFailureText()
  const t = useTranslations('transcriptEditor')
  return useCallback(
    async (
      plan: (words: TranscriptAutosave['words']) => Record<string, unknown> | null,
      route: 'corrections' | 'versions' = 'corrections',
    ) => {
      if (!(await saveAndWait(editor))) {
        showToast(t('saveFirst'), 'danger')
        return
      }
      const body = plan(editor.words)
      if (!body) return
      const path = `/api/v1/sermons/${sermonId}/transcript`
      try {
        const [method, address] =
          route === 'versions' ? (['POST', `${path}/versions`] as const) : (['PATCH', path] as const)
        await callApi(method, address, { revision: editor.revision(), ...body })
        router.refresh()
      } catch (error) {
        showToast(failureText(error), 'danger')
      }
    },
    [editor, sermonId, router, failureText, t],
  )
}

/** Saves unsaved changes immediately. Resolves to whether everything is saved. */
function saveAndWait({ autosave }: TranscriptAutosave): Promise<boolean> {
  autosave.flush()
  return new Promise((resolve) => {
    const check = () => {
      const { kind } = autosave.getSnapshot().state
      if (kind === 'saving') return
      stop()
      resolve(kind === 'saved' || kind === 'clean')
    }
    const stop = autosave.subscribe(check)
    check()
  })
}

function caretPlace(editor: TranscriptAutosave): { key: string; wordIndex: number } | null {
  for (const key of editor.keys) {
    const element = document.getElementById(paragraphId(key))
    const offset = caretOffset(element)
    if (offset !== null) return { key, wordIndex: wordsBefore(element, offset) }
  }
  return null
}

/** Selects the next uncertain word, after the cursor or from the beginning, and moves the recording to it. */
function showNextDoubtful(
  editor: TranscriptAutosave,
  play: (key: string, wordIndex: number, options: { starts: boolean }) => void,
) {
  const doubts = editor.keys.flatMap((key) =>
    editor.words(key).flatMap((word, index) => (isDoubtful(word) ? [{ key, index }] : [])),
  )
  const place = caretPlace(editor)
  const at = place ? editor.keys.indexOf(place.key) : -1
  const isAfter = ({ key, index }: { key: string; index: number }) => {
    const paragraph = editor.keys.indexOf(key)
    return paragraph > at || (paragraph === at && index > (place?.wordIndex ?? -1))
  }
  const next = doubts.find(isAfter) ?? doubts[0]
  if (!next) return
  const range = rangeOfWord({ key: next.key, words: editor.words(next.key) }, next.index)
  const element = document.getElementById(paragraphId(next.key))
  element?.focus()
  element?.scrollIntoView({ block: 'center' })
  if (range)
    window
      .getSelection()
      ?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset)
  play(next.key, next.index, { starts: false })
}
