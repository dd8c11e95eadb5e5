/** Words of a preacher as a listener passes them on; `draftNote` says that no person has reviewed them. */
export const writeQuote = (text: string, draftNote: string | null): string =>
  draftNote === null ? `“${text}”` : `“${text}” (${draftNote})`
