import { decodeTextFile } from '#lib/transcripts/decode-text-file.ts'

/**
 * The text of a manuscript: plain text, Markdown (its marks are left out), or a Word or OpenDocument file. Throws
 * what `decodeTextFile` throws.
 */
export function readSermonText({ bytes, fileName }: { bytes: Uint8Array; fileName: string }): string {
  const text = decodeTextFile(bytes)
  return /\.(?:md|markdown)$/i.test(fileName) ? withoutMarkdown(text) : text
}

/** The marks would be read out, searched and quoted as if the preacher had said them. */
function withoutMarkdown(text: string): string {
  return text
    .replace(/^(?:---|\+\+\+)\n[\s\S]*?\n(?:---|\+\+\+)\n/, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^[ \t]*(?:```.*|~~~.*|(?:[-*_][ \t]*){3,})$/gm, '')
    .replace(/^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$/gm, '\n$1\n')
    .replace(/^[ \t]*(?:>[ \t]?)+/gm, '')
    .replace(/^[ \t]*[-*+][ \t]+/gm, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(
      /(?<![\\\p{L}\p{N}])(\*\*\*|\*\*|\*|___|__|_|~~|`)(?=\S)([^\n]*?[^\s\\])\1(?![\p{L}\p{N}])/gu,
      '$2',
    )
    .replace(/\\([\\`*_{}[\]()#+\-.!>~])/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
}
