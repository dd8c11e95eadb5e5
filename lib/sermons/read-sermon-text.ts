import { decodeTextFile } from '#lib/transcripts/decode-text-file.ts'

/**
 * The text of a manuscript: plain text, Markdown (its marks are left out), or a Word or OpenDocument file. Throws
 * what `decodeTextFile` throws.
 */
export function readSermonText({ bytes, fileName }: { bytes: Uint8Array; fileName: string }): string {
  const text = decodeTextFile(bytes)
  return /\.(?:md|markdown)$/i.test(fileName) ? withoutMarkdown(text) : text
}

/**
 * The marks would be read out, searched and quoted as if the preacher had said them. What may stand between two marks has a limit:
 * without one, a text of many marks without a partner would be read to its end for each of them.
 */
function withoutMarkdown(text: string): string {
  return withoutComments(text.replace(/^(?:---|\+\+\+)\n[\s\S]*?\n(?:---|\+\+\+)\n/, ''))
    .replace(/^[ \t]*(?:```.*|~~~.*|(?:[-*_][ \t]*){3,})$/gm, '')
    .replace(/^[ \t]{0,3}#{1,6}[ \t]+(.*)$/gm, (_, heading: string) => `\n${withoutEndMarks(heading)}\n`)
    .replace(/^[ \t]*(?:>[ \t]?)+/gm, '')
    .replace(/^[ \t]*[-*+][ \t]+/gm, '')
    .replace(/!\[[^[\]]{0,300}\]\([^)]{0,500}\)/g, '')
    .replace(/\[([^[\]]{1,300})\](?:\([^)]{0,500}\)|\[[^[\]]{0,300}\])/g, '$1')
    .replace(
      /(?<![\\\p{L}\p{N}])(\*\*\*|\*\*|\*|___|__|_|~~|`)(?=\S)([^\n]{0,500}?[^\s\\])\1(?![\p{L}\p{N}])/gu,
      '$2',
    )
    .replace(/\\([\\`*_{}[\]()#+\-.!>~])/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
}

function withoutComments(text: string): string {
  let kept = ''
  for (let at = 0; ; ) {
    const open = text.indexOf('<!--', at)
    const close = open === -1 ? -1 : text.indexOf('-->', open + 4)
    if (close === -1) return kept + text.slice(at)
    kept += text.slice(at, open)
    at = close + 3
  }
}

/** A heading may end with the marks that it begins with. */
function withoutEndMarks(heading: string): string {
  let end = heading.trimEnd().length
  while (heading[end - 1] === '#') end -= 1
  return heading.slice(0, end).trimEnd()
}
