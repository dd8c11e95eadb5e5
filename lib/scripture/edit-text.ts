/** Replaces the characters from `start` up to `end` (UTF-16 offsets). */
export type TextEdit = { start: number; end: number; text: string }

/** A text after edits, with a map to the offsets of the original. */
export type EditedText = {
  text: string
  /** The original span of a span of the edited text; a part of a replacement gives the whole replaced span. */
  original: (start: number, end: number) => { start: number; end: number }
}

/** Applies edits. Of two that overlap, only the one that starts first (or is listed first) is applied. */
export function editText(source: string, edits: readonly TextEdit[]): EditedText {
  const pieces: { from: number; to: number; start: number; end: number; isEdit: boolean }[] = []
  let text = ''
  let position = 0
  const copy = (end: number) => {
    if (end <= position) return
    pieces.push({ from: text.length, to: text.length + end - position, start: position, end, isEdit: false })
    text += source.slice(position, end)
    position = end
  }
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    if (edit.start < position) continue
    copy(edit.start)
    pieces.push({
      from: text.length,
      to: text.length + edit.text.length,
      start: edit.start,
      end: edit.end,
      isEdit: true,
    })
    text += edit.text
    position = edit.end
  }
  copy(source.length)
  return {
    text,
    original(start, end) {
      const first = pieces.find((piece) => start < piece.to) ?? pieces.at(-1)
      const last = pieces.findLast((piece) => end > piece.from) ?? pieces[0]
      if (!first || !last) return { start: 0, end: 0 }
      return {
        start: first.isEdit ? first.start : first.start + start - first.from,
        end: last.isEdit ? last.end : last.start + end - last.from,
      }
    },
  }
}

/** Chains two edits: `second` was made from the text of `first`. */
export function chainEdits(first: EditedText, second: EditedText): EditedText {
  return {
    text: second.text,
    original(start, end) {
      const middle = second.original(start, end)
      return first.original(middle.start, middle.end)
    },
  }
}

/** The edits for all matches of a pattern with the flag `g`; a replacement of `null` does not change the match. */
export function editsOf(
  text: string,
  pattern: RegExp,
  replace: (match: RegExpExecArray) => string | null,
): TextEdit[] {
  const edits: TextEdit[] = []
  for (const match of text.matchAll(pattern)) {
    const replacement = replace(match)
    if (replacement !== null) {
      edits.push({ start: match.index, end: match.index + match[0].length, text: replacement })
    }
  }
  return edits
}
