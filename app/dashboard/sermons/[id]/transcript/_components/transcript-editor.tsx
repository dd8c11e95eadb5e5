'use client'

import { ArrowLeft, Check, CircleHelp, Redo2, RefreshCw, Undo2, UserRound } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
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
import type { ApiSuggestion } from '#lib/sermons/review-suggestions.ts'
import type { ApiTranscript } from '#lib/sermons/to-api-transcript.ts'
import { caretPlace, paragraphElement } from './caret.ts'
import { EditableParagraph, type ParagraphActions } from './editable-paragraph.tsx'
import { FindAndReplace } from './find-and-replace.tsx'
import { openTranscriptAutosave, type TranscriptAutosave } from './open-transcript-autosave.ts'
import { showNextDoubtful } from './show-next-doubtful.ts'
import { SpeakerDialog } from './speaker-dialog.tsx'
import { Suggestions } from './suggestions.tsx'
import { isDoubtful } from './text-highlights.ts'
import { readParagraphs } from './transcript-document.ts'
import { useDocument } from './use-document.ts'
import { useHighlights } from './use-highlights.ts'
import { Versions } from './versions.tsx'

type Props = {
  sermon: { id: string; title: string; path: string }
  /** Null without a recording that can be played. */
  track: Track | null
  /** A text without a recording has no times. */
  isTextOnly: boolean
  transcript: ApiTranscript
  versions: readonly TranscriptVersion[]
  suggestions: readonly ApiSuggestion[]
}

/**
 * An editor for the transcript, with its recording. Changes are saved during typing, and what the server renders
 * afterwards leaves the open text alone, so that every change can be taken back until another version is wanted.
 */
export function TranscriptEditor(props: Props) {
  const [opened, setOpened] = useState(props.transcript)
  const [isReopening, setIsReopening] = useState(false)
  if (isReopening && props.transcript.revision !== opened.revision) {
    setOpened(props.transcript)
    setIsReopening(false)
  }
  const router = useRouter()
  const reopen = useCallback(() => {
    setIsReopening(true)
    router.refresh()
  }, [router])
  return <OpenEditor key={opened.revision} {...props} transcript={opened} onReopen={reopen} />
}

function OpenEditor({
  sermon,
  track,
  isTextOnly,
  transcript,
  versions,
  suggestions,
  onReopen,
}: Props & { onReopen: () => void }) {
  const t = useTranslations('transcriptEditor')
  const owner = useDraftOwner()
  const [editor] = useState(() => openTranscriptAutosave(owner, sermon.id, transcript))
  const { fields, state } = useAutosave(editor.autosave)
  const { actions: change, canUndo, canRedo } = useDocument(editor)
  const [about, setAbout] = useState({ draft: transcript.draft, reviewed: transcript.reviewed })
  const [naming, setNaming] = useState<string | null>(null)
  const send = useSaved(editor)
  useHighlights(editor, track, state)
  const paragraphs = useMemo(() => readParagraphs(fields), [fields])

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
  const move = useCallback(
    (key: string, wordIndex: number) => play(key, wordIndex, { starts: false }),
    [play],
  )
  const actions = useMemo(
    (): ParagraphActions => ({ ...change, move, nameSpeaker: setNaming }),
    [change, move],
  )
  /** Where the cursor was last: a button of the bar, which takes the focus, is about that place. */
  const lastPlace = useRef<ReturnType<typeof caretPlace>>(null)
  const nameHere = useCallback(() => {
    const key = (caretPlace() ?? lastPlace.current)?.key ?? editor.paragraphs()[0]?.key
    if (key !== undefined) setNaming(key)
  }, [editor])

  const nextDoubtful = useCallback(
    () => showNextDoubtful(editor, caretPlace() ?? lastPlace.current, move),
    [editor, move],
  )

  useEffect(() => {
    const commands: Record<string, (event: KeyboardEvent) => void> = {
      enter() {
        const place = caretPlace()
        if (place) play(place.key, place.wordIndex, { starts: true })
      },
      ' '() {
        if (track && player.store.read().track?.id !== track.id) player.playTrack(track)
        else player.toggle()
      },
      '.': nextDoubtful,
      ',': nameHere,
      z: ({ shiftKey }) => (shiftKey ? change.redo() : change.undo()),
      y: change.redo,
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const command = event.ctrlKey || event.metaKey ? commands[event.key.toLowerCase()] : undefined
      // Fields of dialogs have their own undo, and a command would change the text behind the dialog.
      if (!command || (event.target instanceof Element && event.target.closest('[role="dialog"]'))) return
      if (command === commands.enter && !caretPlace()) return
      event.preventDefault()
      command(event)
    }
    const onFocus = () => {
      lastPlace.current = caretPlace() ?? lastPlace.current
    }
    document.addEventListener('keydown', onKeyDown)
    document.addEventListener('selectionchange', onFocus)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      document.removeEventListener('selectionchange', onFocus)
    }
  }, [track, play, change, nameHere, nextDoubtful])

  const hasDoubts = paragraphs.some(({ key }) => editor.words(key).some(isDoubtful))
  const named = paragraphs.find(({ key }) => key === naming)
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
            <SaveStatus state={state} onKeep={editor.autosave.keepMine} onDiscard={editor.discard} />
          </div>
          {about.draft ? <Pill tone="warn">{t('draft')}</Pill> : null}
          {about.reviewed ? <Pill tone="ok">{t('reviewed')}</Pill> : null}
          <Button
            size="sm"
            icon={<Check aria-hidden size={15} />}
            onClick={() => send(async () => setAbout(await editor.patch({ reviewed: !about.reviewed })))}
          >
            {t(about.reviewed ? 'unmark' : 'markReviewed')}
          </Button>
        </div>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <Button
            size="sm"
            variant="quiet"
            icon={<Undo2 aria-hidden size={15} />}
            disabled={!canUndo}
            onClick={change.undo}
          >
            {t('undo')}
          </Button>
          <Button
            size="sm"
            variant="quiet"
            icon={<Redo2 aria-hidden size={15} />}
            disabled={!canRedo}
            onClick={change.redo}
          >
            {t('redo')}
          </Button>
          <FindAndReplace paragraphs={paragraphs} language={transcript.language} onReplace={change.replace} />
          <Button size="sm" variant="quiet" icon={<UserRound aria-hidden size={15} />} onClick={nameHere}>
            {t('speaker')}
          </Button>
          {hasDoubts ? (
            <Button
              size="sm"
              variant="quiet"
              icon={<CircleHelp aria-hidden size={15} />}
              onClick={nextDoubtful}
            >
              {t('nextDoubtful')}
            </Button>
          ) : null}
          <Versions
            sermonId={sermon.id}
            versions={versions}
            revision={editor.revision()}
            onRestore={(version) =>
              send(async () => {
                const path = `/api/v1/sermons/${sermon.id}/transcript/versions`
                await callApi('POST', path, { revision: editor.revision(), version })
                onReopen()
              })
            }
          />
          {state.kind === 'not-saved' && !state.retries ? (
            <Button size="sm" icon={<RefreshCw aria-hidden size={15} />} onClick={onReopen}>
              {t('loadNewest')}
            </Button>
          ) : null}
        </div>
      </div>
      <Suggestions
        suggestions={suggestions}
        language={transcript.language}
        onDecide={(id, decision) =>
          send(async () => {
            await callApi('POST', `/api/v1/sermons/${sermon.id}/suggestions/${id}`, { decision })
            onReopen()
          })
        }
      />
      <p className="mt-4 mb-5 max-w-2xl text-xs text-faint">{t(track ? 'help' : 'helpWithoutAudio')}</p>
      <div className="reading max-w-3xl">
        {paragraphs.map(({ key, text, speaker }, index) => (
          <EditableParagraph
            key={key}
            name={key}
            text={text}
            speaker={speaker}
            // Not for paragraphs with a time: each one after a new paragraph would be rendered again.
            place={isTextOnly ? index + 1 : 0}
            startMs={isTextOnly ? null : (editor.words(key)[0]?.startMs ?? 0)}
            language={transcript.language}
            actions={actions}
          />
        ))}
      </div>
      {named ? (
        <SpeakerDialog
          key={named.key}
          current={named.speaker}
          names={[...new Set(paragraphs.flatMap(({ speaker }) => speaker ?? []))]}
          onName={(name) => change.setSpeaker(named.key, name)}
          onClose={() => {
            setNaming(null)
            paragraphElement(named.key)?.focus()
          }}
        />
      ) : null}
    </div>
  )
}

/** Sends something that is not text after all typed text is saved. */
function useSaved(editor: TranscriptAutosave): (action: () => Promise<void>) => Promise<void> {
  const failureText = useFailureText()
  const t = useTranslations('transcriptEditor')
  return useCallback(
    async (action) => {
      if (!(await saveAndWait(editor))) {
        showToast(t('saveFirst'), 'danger')
        return
      }
      try {
        await action()
      } catch (error) {
        showToast(failureText(error), 'danger')
      }
    },
    [editor, failureText, t],
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
