/** The words that the cover of a sermon is made of. */
export function sermonCoverWords(
  sermon: { title: string; scripture: string },
  seriesTitle: string | null,
): string[] {
  return [sermon.title, sermon.scripture, seriesTitle ?? '']
}
