/** The first and last sentence that the reader has selected inside `root`; null where nothing is selected. */
export function selectedSentences(root: HTMLElement | null): [first: number, last: number] | null {
  const selection = window.getSelection()
  if (!root || !selection || selection.isCollapsed) return null
  const chosen = [...root.querySelectorAll<HTMLElement>('[data-sentence]')]
    .filter((sentence) => selection.containsNode(sentence, true))
    .map((sentence) => Number(sentence.dataset.sentence))
  const [first, last] = [chosen[0], chosen.at(-1)]
  return first === undefined || last === undefined ? null : [first, last]
}
