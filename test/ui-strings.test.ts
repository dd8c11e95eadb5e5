import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { defaultMessages } from '#lib/messages/languages.ts'
import { findVisibleTexts } from './find-visible-texts.ts'

const root = path.resolve(import.meta.dirname, '..')

/** Every text that people see from these folders is a message. */
const folders = ['app', 'components']
/** Answers of the HTTP API are English sentences of the server, which programs read too. */
const answersOfTheApi = ['app/api/', 'app/_server/']

function sourcesOf(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => path.join(folder, file))
    .filter((file) => !answersOfTheApi.some((start) => file.startsWith(start)))
    .map((file) => path.join(root, file))
}

test.each(folders)('every text that people see in %s is a message', (folder) => {
  const texts = sourcesOf(folder).flatMap((file) => findVisibleTexts(file))
  expect(texts.map((text) => path.relative(root, text))).toEqual([])
})

test.each([
  ['<p>Hello</p>', 1],
  ["<p>{isOpen ? 'Open' : t('closed')}</p>", 1],
  ['<a aria-label="Back" href="/">{t("back")}</a>', 1],
  ['<b title={isOn ? "Mute" : t("x")} />', 1],
  ["const labels = { play: 'Play it again' }", 1],
  ['<Dialog title="Stop" description="Now" />', 2],
  ['<Table caption="Runs" what="Error" counted="Runs" />', 3],
  ['<p className="mt-2" key="a">{count} · {"·"} Selah</p>', 0],
  ["throw new Error('This place is for developers.')", 0],
  ['<p className="mt-2">{t("close")} · {total}</p>', 0],
  ["element.style.transition = 'opacity 1s'", 0],
])('%s has %d texts that are not messages', (source, count) =>
  expect(findVisibleTexts('example.tsx', source)).toHaveLength(count),
)

/** Returns the names of messages that no code names: as a text, as a property, or by a template such as `${kind}Title`. */
function findUnused(names: readonly string[], code: string): string[] {
  const named = new Set([...code.matchAll(/['".](\w+)\b/g)].map(([, name = '']) => name))
  const templates = [...code.matchAll(/`(\w*)\$\{[^}`]*\}(\w*)`/g)]
    .filter(([, start, end]) => start || end)
    .map(([, start, end]) => new RegExp(`^${start}\\w+${end}$`))
  return names.filter((name) => !named.has(name) && !templates.some((template) => template.test(name)))
}

test('every message is used', () => {
  const code = [...['app', 'components', 'lib'].flatMap(sourcesOf), path.join(root, 'proxy.ts')]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const names = Object.values(defaultMessages).flatMap((messages) => Object.keys(messages))
  expect(names.length).toBeGreaterThan(800)
  expect(findUnused(names, code)).toEqual([])
})

test('a message that no code names is found', () => {
  const code = `t('play'); errors.badCursor; <Link message="open" />; t(\`\${kind}Title\`)`
  expect(findUnused(['play', 'badCursor', 'retryTitle', 'retryText', 'open'], code)).toEqual(['retryText'])
})
