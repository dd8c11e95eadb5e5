'use client'

import { type ComponentProps, useMemo } from 'react'
import { Transcript } from '#components/transcript/transcript.tsx'
import { type PackedWords, unpackWords } from '#lib/transcripts/pack-words.ts'

/** A transcript whose words the server has packed. */
export function PackedTranscript({
  words: packed,
  ...transcript
}: Omit<ComponentProps<typeof Transcript>, 'words'> & { words: PackedWords }) {
  const words = useMemo(() => unpackWords(packed), [packed])
  return <Transcript words={words} {...transcript} />
}
