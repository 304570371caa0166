import { mathIn } from '@paperboard/shared/mathText'

/** Stands for a formula, whose own stars and underscores mean something else. */
const formula = '\uE000'

/** What is written around words, with what is left of it. Bounded, so that no text takes long. */
const signs: readonly [RegExp, string][] = [
  [/!?\[([^[\]]{0,300})\]\([^()\s]{0,2000}\)/g, '$1'],
  [/^[ \t]{0,3}(?:#{1,6}|>|[-*+])[ \t]+(?:\[[ xX]\][ \t]+)?/gm, ''],
  [/(\*\*|__|~~)(?=\S)([^\n]{1,300}?)(?<=\S)\1/g, '$2'],
  [/(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])/g, '$1'],
  [/(?<!\w)_(?=\S)([^_\n]{1,300}?)(?<=\S)_(?!\w)/g, '$1'],
  [/`{1,3}([^`]{1,300})`{1,3}/g, '$1'],
]

/** What a comment or a note says, without the signs that set it: a line of it is shown among others. */
export function withoutMarkdown(text: string): string {
  const formulas: string[] = []
  let rest = ''
  let at = 0
  for (const { start, end } of mathIn(text)) {
    rest += text.slice(at, start).replaceAll(formula, '') + formula
    formulas.push(text.slice(start, end))
    at = end
  }
  rest += text.slice(at).replaceAll(formula, '')
  for (const [sign, words] of signs) rest = rest.replace(sign, words)
  return rest.replaceAll(formula, () => formulas.shift() ?? '')
}
