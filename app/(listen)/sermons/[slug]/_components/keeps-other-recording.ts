import { libraryKey } from '#components/library/own-library.ts'
import { listPlaces } from '#components/player/remember-listening.ts'
import { ownStorage } from '#components/ui/own-storage.ts'

/** Whether this browser keeps a place or an entry of the library of another recording of the same sermon. */
export function keepsOtherRecording(trackId: string, storage = ownStorage()): boolean {
  const [sermonId = ''] = trackId.split('.')
  // The text says it, and reading all of it as a library takes longer.
  const inLibrary = storage?.getItem(libraryKey)?.match(RegExp(`"id":"${sermonId}[.\\d]*"`, 'g')) ?? []
  return (
    inLibrary.some((found) => found !== `"id":"${trackId}"`) ||
    listPlaces(storage).some(({ id }) => id !== trackId && id.startsWith(sermonId))
  )
}
