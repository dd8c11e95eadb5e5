import compile from 'icu-minify/compile'

/** Messages by area and name, in ICU MessageFormat. */
export type MessageTexts = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Parses every message, so that browsers need no parser. A message without arguments remains a string; the others
 * become arrays that only use-intl reads, although the type still says string. Throws with the name of the message
 * when one is not valid ICU MessageFormat.
 */
export function compileMessages<Texts extends MessageTexts>(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([area, messages]) => [
      area,
      Object.fromEntries(
        Object.entries(messages).map(([name, text]) => [name, compileMessage(`${area}.${name}`, text)]),
      ),
    ]),
  ) as unknown as Texts
}

function compileMessage(name: string, text: string): ReturnType<typeof compile> {
  try {
    // Plurals are objects without a prototype, which React does not send to client components. A clone has one.
    return structuredClone(compile(text))
  } catch (cause) {
    throw new Error(`The message ${name} is not valid ICU MessageFormat: ${text}`, { cause })
  }
}
