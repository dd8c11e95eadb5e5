import english from './en.json' with { type: 'json' }

/** The sentences of the user interface by area and name. English has every message; so has each other language. */
export type Messages = typeof english
/** An area of the user interface, such as `player`. */
export type Namespace = keyof Messages
/** The name of a message in one area, for modules that choose a message but do not render it. */
export type MessageKey<Area extends Namespace> = keyof Messages[Area] & string

/** Answered to a reader who prefers no language of `languages`, as a BCP 47 tag. */
export const defaultLanguage = 'en'
export const defaultMessages: Messages = english

/** Every language that Selah is shipped in, by BCP 47 tag. */
export const languages: ReadonlyMap<string, Messages> = new Map([[defaultLanguage, english]])
