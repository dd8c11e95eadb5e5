import { z } from 'zod'
import { isStorable } from '#lib/text/clean-text.ts'

type TextRule = {
  /** The name of the text in error messages: "title", "file name". */
  name: string
  /** The largest number of UTF-16 units, as `maxLength` of a form field counts. */
  max: number
  /** The error message for an empty text. Without it an empty text is accepted. */
  required?: string
}

function text({ name, max, required }: TextRule, normalise: (value: string) => string) {
  return z.string().transform((value, context) => {
    const refuse = (message: string) => {
      context.issues.push({ code: 'custom', message, input: value })
      return z.NEVER
    }
    if (!isStorable(value)) {
      return refuse(`The ${name} contains characters that cannot be stored. Remove them.`)
    }
    const normalised = normalise(value)
    if (required !== undefined && normalised === '') return refuse(required)
    if (normalised.length > max) return refuse(`The ${name} is longer than ${max} characters. Shorten it.`)
    return normalised
  })
}

/** One line of text: trimmed, and every run of white space becomes one space. */
export function textLine(rule: TextRule) {
  return text(rule, (value) => value.replace(/\s+/g, ' ').trim())
}

/** Several lines of text: trimmed, otherwise as written. */
export function textBlock(rule: TextRule) {
  return text(rule, (value) => value.trim())
}

/** Text that must match exactly, such as an id, a cursor or a password: not changed. */
export function textKey(rule: TextRule) {
  return text(rule, (value) => value)
}

/** The cursor of a page in an address: not changed, and refused where `isCursor` does not accept it. */
export function cursorText(isCursor: (cursor: string) => boolean) {
  return textKey({ name: 'cursor', max: 500 }).refine(isCursor, {
    message: 'This page does not exist. Start again from the first page.',
  })
}
