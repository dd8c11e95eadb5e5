import type { AudioTags } from '#lib/sermons/guess-metadata.ts'

/** A damaged file can keep a parser busy; the file name is good enough after this. */
const giveUpAfterMs = 4000

/** The tags inside a recording; nothing when it has none or they cannot be read. */
export async function readTags(file: File): Promise<AudioTags> {
  const read = async (): Promise<AudioTags> => {
    const { parseBlob } = await import('music-metadata')
    const { common } = await parseBlob(file, { duration: false, skipCovers: true })
    return {
      title: common.title,
      artist: common.artist ?? common.albumartist,
      album: common.album,
      date: common.date,
      comment: common.comment?.[0]?.text ?? common.description?.[0],
      language: common.language,
    }
  }
  const giveUp = new Promise<AudioTags>((resolve) => setTimeout(() => resolve({}), giveUpAfterMs))
  return Promise.race([read().catch((): AudioTags => ({})), giveUp])
}
