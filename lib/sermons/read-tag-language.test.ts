import { expect, test } from 'vitest'
import { readTagLanguage } from './read-tag-language.ts'

test.each([
  ['es', 'es'],
  ['es_MX', 'es-MX'],
  ['pt-br', 'pt-BR'],
  ['zh-hant', 'zh-Hant'],
  ['fil', 'fil'],
  [' KOR ', 'ko'],
  // ISO 639-2 has two codes for some languages: one for terminology, one for bibliographies.
  ['spa', 'es'],
  ['fra', 'fr'],
  ['fre', 'fr'],
  ['deu', 'de'],
  ['ger', 'de'],
  ['zho', 'zh'],
  ['chi', 'zh'],
  ['nld', 'nl'],
  ['dut', 'nl'],
  ['cze', 'cs'],
  ['gre', 'el'],
  ['per', 'fa'],
  ['rum', 'ro'],
  ['slo', 'sk'],
  ['alb', 'sq'],
  ['wel', 'cy'],
  ['heb', 'he'],
  ['ara', 'ar'],
])('the tag "%s" names %s', (tag, language) => {
  expect(readTagLanguage(tag)).toBe(language)
})

test.each(['en', 'eng', 'en-US', 'ENG'])(
  '"%s" says nothing: recorders write it whatever is spoken',
  (tag) => {
    expect(readTagLanguage(tag)).toBe('')
  },
)

test.each([undefined, '', 'und', 'mul', 'zxx', 'mis', 'XXX', 'qaa', 'Unknown', 'spa/eng', '\0\0\0', '0'])(
  '"%s" is no language',
  (tag) => {
    expect(readTagLanguage(tag)).toBe('')
  },
)
