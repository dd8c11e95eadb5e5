/** Names the track of a recording: by its sermon, and from the second recording on by its number too. */
export const nameTrack = (sermonId: string, recording: number): string =>
  recording > 1 ? `${sermonId}.${recording}` : sermonId

/** What the name of a track says. */
export function readTrackName(id: string): { sermonId: string; recording: number } {
  const [sermonId = '', recording = '1'] = id.split('.')
  return { sermonId, recording: Number(recording) }
}
