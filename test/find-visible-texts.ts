import { readFileSync } from 'node:fs'
import { type Node, parseSync, Visitor } from 'oxc-parser'

/** Attributes that people see or that screen readers read aloud. */
const visibleAttribute =
  /^(aria-(label|description|valuetext|roledescription)|title|alt|placeholder|label|hint|description|caption|kicker|what|counted)$/
/** The name of the product is the same in every language. */
const productName = /^(·|—|\s)*Selah(·|—|\s)*$/

const hasLetters = (text: string) => /\p{L}/u.test(text) && !productName.test(text)
/** Whether a text has two words or more and starts with a capital letter. */
const isSentence = (text: string) => /^\p{Lu}[\p{Ll}’']*[,:]? \p{L}/u.test(text)

/** Returns the strings that an expression may be, such as both of `a ? 'x' : 'y'`. */
function stringsOf(node: Node): string[] {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : []
    case 'TemplateLiteral':
      return node.quasis.map(({ value }) => value.cooked ?? '')
    case 'ConditionalExpression':
      return [...stringsOf(node.consequent), ...stringsOf(node.alternate)]
    case 'LogicalExpression':
      return [...stringsOf(node.left), ...stringsOf(node.right)]
    case 'ParenthesizedExpression':
    case 'JSXExpressionContainer':
      return stringsOf(node.expression)
    default:
      return []
  }
}

/** Finds texts in a source file that people see and that are not messages, as `file:line text`. */
export function findVisibleTexts(file: string, source = readFileSync(file, 'utf8')): string[] {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`)
  const found = new Map<number, string>()
  const add = (node: Node, text: string) => found.set(node.start, text.trim().replace(/\s+/g, ' '))
  const errorsForDevelopers: Node[] = []

  new Visitor({
    ThrowStatement(node) {
      errorsForDevelopers.push(node)
    },
    JSXText(node) {
      if (hasLetters(node.value)) add(node, node.value)
    },
    JSXExpressionContainer(node) {
      // Only children: attributes are checked by their name.
      if (source.slice(0, node.start).endsWith('=')) return
      for (const text of stringsOf(node)) if (hasLetters(text)) add(node, text)
    },
    JSXAttribute(node) {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : ''
      if (!node.value || !visibleAttribute.test(name)) return
      for (const text of stringsOf(node.value)) if (hasLetters(text)) add(node, text)
    },
    Literal(node) {
      if (typeof node.value === 'string' && isSentence(node.value)) add(node, node.value)
    },
    TemplateElement(node) {
      if (isSentence(node.value.cooked ?? '')) add(node, node.value.cooked ?? '')
    },
  }).visit(program)

  return [...found]
    .filter(([start]) => !errorsForDevelopers.some((node) => node.start < start && start < node.end))
    .map(([start, text]) => `${file}:${source.slice(0, start).split('\n').length} ${text}`)
}
