import { compileMessages } from './compile-messages.ts'
import { defaultMessages, languages, type Messages } from './languages.ts'

const compiled = new Map<Messages, Messages>()

/** Every message of a shipped language, compiled once per process. Another language is answered in English. */
export function readMessages(language: string): Messages {
  const texts = languages.get(language) ?? defaultMessages
  const known = compiled.get(texts) ?? compileMessages(texts)
  compiled.set(texts, known)
  return known
}
