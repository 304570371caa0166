/**
 * What the rules of a source do with a paper. Pure: the server asks it before papers go to a board, and the editor of the
 * rules with every letter. Where any rule includes, only what one of them finds comes; what one excludes does not come
 * whatever else finds it; highlighting marks what comes and lets nothing in.
 */
import type { SourceRule } from './sources.ts'

/** What rules look at. */
export interface RuledPaper {
  title: string | null
  abstract: string
  authors: readonly string[]
}

export interface Judgement {
  comes: boolean
  /** Places in the list of the rules that found something, in their order. */
  found: number[]
  /** Names of those that highlight. */
  marks: string[]
}

export const ruleName = (rule: Pick<SourceRule, 'name' | 'phrases'>): string => rule.name || (rule.phrases[0] ?? '')

/** Letters that are no letter with an accent, but that people without them on their keyboard write so. */
const written: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h', ŋ: 'n' }

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]+/g, '')
    .replace(/[øłđðþßæœıħŋ]/g, letter => written[letter] ?? letter)

/** Words between single spaces, with one at either end: signs and breaks of lines tell no phrases apart. */
const wordsOf = (text: string) =>
  ` ${fold(text)
    .replace(/[^\p{L}\p{N}\p{M}+#]+/gu, ' ')
    .trim()} `

/** Scripts that are written without spaces: there a phrase is found wherever it stands. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

type Finder = (words: string) => boolean

const inText = (phrase: string, wholeWord: boolean): Finder => {
  const words = wordsOf(phrase)
  const sought = wholeWord && !unspaced.test(phrase) ? words : words.trim()
  return text => sought.trim() !== '' && text.includes(sought)
}

/** A person is found in any order of their names ("LeCun, Yann"), and by initials on either side. */
const inName = (phrase: string, wholeWord: boolean): Finder => {
  const sought = wordsOf(phrase).trim().split(' ')
  const part = inText(phrase, wholeWord)
  const agrees = (a: string, b: string) => a === b || (a.length === 1 && b.startsWith(a)) || (b.length === 1 && a.startsWith(b))
  return name => {
    if (sought[0] === '') return false
    const names = name.trim().split(' ')
    const whole = sought.some(word => word.length > 1 && names.includes(word)) && sought.every(word => names.some(other => agrees(word, other)))
    return whole || part(name)
  }
}

/** Rules made ready to be asked of many papers. */
export const createRules = (rules: readonly SourceRule[]): ((paper: RuledPaper) => Judgement) => {
  const ready = rules.map(({ effect, where, phrases, wholeWord, ...rule }) => ({
    effect,
    name: ruleName({ ...rule, phrases }),
    title: where.includes('title'),
    abstract: where.includes('abstract'),
    author: where.includes('author'),
    text: phrases.map(phrase => inText(phrase, wholeWord)),
    names: phrases.map(phrase => inName(phrase, wholeWord)),
  }))
  const including = ready.some(({ effect }) => effect === 'include')
  return paper => {
    const title = wordsOf(paper.title ?? '')
    const abstract = wordsOf(paper.abstract)
    const authors = paper.authors.map(wordsOf)
    const finds = (rule: (typeof ready)[number]) =>
      (rule.title && rule.text.some(has => has(title))) ||
      (rule.abstract && rule.text.some(has => has(abstract))) ||
      (rule.author && rule.names.some(has => authors.some(has)))
    const found = ready.flatMap((rule, n) => (finds(rule) ? [n] : []))
    const effects = new Set(found.map(n => ready[n]?.effect))
    const comes = !effects.has('exclude') && (!including || effects.has('include'))
    return { comes, found, marks: found.flatMap(n => (ready[n]?.effect === 'highlight' ? (ready[n]?.name ?? []) : [])) }
  }
}
