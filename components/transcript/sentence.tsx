'use client'

import { Fragment, type KeyboardEvent, type MouseEvent, memo } from 'react'
import { classNames } from '#components/ui/class-names.ts'
import { passageAddress } from './passage-address.ts'
import type { SentenceRange, TimedWord } from './sentence-at-time.ts'

/**
 * One sentence: a link to its second, so that it can be opened and shared, and works without JavaScript.
 * The spoken word is underlined only in the spoken sentence.
 */
export const Sentence = memo(function Sentence({
  index,
  words,
  range: [first, last],
  pageHref,
  isSpoken,
  isTabStop,
  spokenWord,
  onPress,
  onKey,
}: {
  index: number
  words: readonly TimedWord[]
  range: SentenceRange
  /** Null in a text without a recording, where a sentence is found by its words. */
  pageHref: string | null
  isSpoken: boolean
  isTabStop: boolean
  /** The word being spoken, or -1. */
  spokenWord: number
  onPress: (event: MouseEvent, index: number) => void
  onKey: (event: KeyboardEvent, index: number) => void
}) {
  const startMs = words[first]?.[1] ?? 0
  const spoken = words.slice(first, last + 1)
  const text = spoken.map(([word]) => word).join(' ')
  const indexes = spoken.map((_, offset) => first + offset)
  return (
    <>
      <a
        href={passageAddress(pageHref, { text, startMs })}
        data-sentence={index}
        onClick={(event) => onPress(event, index)}
        onKeyDown={(event) => onKey(event, index)}
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isSpoken ? 'true' : undefined}
        className={classNames(
          'box-decoration-clone rounded-sm px-0.5 -mx-0.5 py-0.5 text-ink no-underline transition-colors duration-150',
          isSpoken ? 'bg-accent-soft' : 'hover:bg-sunken',
        )}
      >
        {isSpoken
          ? indexes.map((word) => (
              <Fragment key={word}>
                <span
                  className={
                    word === spokenWord
                      ? 'underline decoration-accent decoration-2 underline-offset-4'
                      : undefined
                  }
                >
                  {words[word]?.[0]}
                </span>
                {word < last ? ' ' : ''}
              </Fragment>
            ))
          : text}
      </a>{' '}
    </>
  )
})
