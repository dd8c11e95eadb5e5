import type { createTranslator } from 'use-intl/core'
import type { Messages, Namespace } from '#lib/messages/languages.ts'

/** Turns the name of a message of one area, and its arguments, into a sentence. */
export type Translations<Area extends Namespace> = ReturnType<typeof createTranslator<Messages, Area>>
