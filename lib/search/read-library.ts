import { readSpeaker, type Speaker } from './find-named-speakers.ts'
import type { PassageIndex } from './passage-index.ts'

type Library = {
  revision: number
  /** The languages of its sermons, English first. */
  languages: readonly string[]
  speakers: readonly Speaker[]
}

const libraries = new WeakMap<PassageIndex, Library>()

/** What is known of all sermons together; read again after a change. */
export function readLibrary(index: PassageIndex): Library {
  const known = libraries.get(index)
  if (known?.revision === index.revision) return known
  const languages = new Set<string>()
  const names = new Set<string>()
  for (const { language, speaker } of index.sermons.values()) {
    if (language !== 'en') languages.add(language)
    if (speaker !== null) names.add(speaker)
  }
  const library = {
    revision: index.revision,
    languages: ['en', ...[...languages].sort()],
    speakers: [...names].flatMap(readSpeaker),
  }
  libraries.set(index, library)
  return library
}
