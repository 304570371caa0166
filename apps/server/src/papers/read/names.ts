/** Names of people as sources write them, given name first: that is how Paperboard shows them. */
import { isFields, textAt } from './json.ts'
import { plainLine } from './plainText.ts'

const suffix = /^(jr|sr|ii|iii|iv|v|ph\.?d|m\.?d)\.?$/i

/** arXiv has affiliations in brackets behind names, some of them with brackets within. */
export const withoutAffiliations = (names: string): string => names.replace(/\s*\((?:[^()]|\([^()]{0,200}\)){0,400}\)/g, '')

/** "Lovelace, Ada" is "Ada Lovelace", "von Hicks, III, Michael" is "Michael von Hicks III"; other names stay as they are. */
export const givenFirst = (name: string): string => {
  const [family = '', second, third, ...more] = name.split(',').map(part => part.trim())
  if (second === undefined || more.length > 0) return name.trim()
  // "King, Martin Luther, Jr." is how people write it, "King, Jr., Martin Luther" is how BibTeX does.
  if (third !== undefined && suffix.test(third)) return [second, family, third].filter(part => part !== '').join(' ')
  if (third !== undefined) return [third, family, second].filter(part => part !== '').join(' ')
  return (suffix.test(second) ? [family, second] : [second, family]).filter(part => part !== '').join(' ')
}

/** Initials alone: "A.", "J.-P.", "A. B.", "AB". */
const initials = /^(?:\p{Lu}{1,3}|\p{Lu}\.(?:[\s-]?\p{Lu}\.){0,3})$/u
/** Names of scripts that need no space between family and given name. */
const unspaced = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}·]{2,}$/u

/**
 * The names in one text, where a format has no list of them: "Lovelace, Ada; Babbage, Charles", "Ada Lovelace, Charles Babbage
 * and Alan Turing", "Lovelace, A., Babbage, C.", "Lovelace, Ada and Babbage, Charles", in English, German or French.
 */
export const peopleIn = (text: string): string[] => {
  const printed = printedByPython(text.trim())
  if (printed !== null) return listed(printed.map(givenFirst))
  const line = text
    .trim()
    .replace(/[\s,;]{1,20}(?:et al\.?|others)$/i, '')
    .replace(/[，、；]/g, ', ')
  if (/[;|]/.test(line)) return listed(line.split(/[;|]/).map(name => givenFirst(name)))
  const pieces = line.split(/,?\s{1,20}(?:and|und|et|&)\s{1,20}/i).map(piece => piece.split(',').map(part => part.trim()))
  const turned = pieces.length > 1 && pieces.every(({ length }) => length === 2)
  return listed(
    pieces.flatMap(given => {
      if (given.length <= 3 && given.some(part => suffix.test(part)) && !given[0]?.includes(' ')) return [givenFirst(given.join(', '))]
      const parts = withSuffixes(given)
      if (parts.length % 2 === 0 && parts.every((part, at) => at % 2 === 0 || initials.test(part)))
        return parts.flatMap((part, at) => (at % 2 === 0 ? `${parts[at + 1]} ${part}` : []))
      const one = parts.length === 2 && (turned || parts.some(part => !part.includes(' ') && !unspaced.test(part)))
      return one ? [givenFirst(parts.join(', '))] : parts
    }),
  )
}

/** `['Ada Lovelace', "Conan O'Brien"]`, as tables that a program has written hold lists; null for what is none. */
const printedByPython = (text: string): string[] | null =>
  /^\[\s*['"].{0,20000}['"]\s*\]$/s.test(text)
    ? [...text.matchAll(/'((?:[^'\\]|\\.){0,300})'|"((?:[^"\\]|\\.){0,300})"/g)].map(([, one, two]) => (one ?? two ?? '').replace(/\\(.)/g, '$1'))
    : null

/** "Sammy Davis, Jr." is one person. */
const withSuffixes = (parts: readonly string[]): string[] =>
  parts.flatMap((part, at) => (suffix.test(part) && at > 0 ? [] : suffix.test(parts[at + 1] ?? '') ? `${part} ${parts[at + 1]}` : part))

const listed = (names: readonly string[]): string[] => names.map(name => name.trim()).filter(name => name !== '')

/** A name as CSL, Crossref and their like write it: parts, a group's name, or a text. */
export const nameOf = (author: unknown): string => {
  if (!isFields(author)) return typeof author === 'string' ? givenFirst(plainLine(author)) : ''
  const whole = textAt(author, 'literal') || textAt(author, 'name')
  const parts = ['given', 'dropping-particle', 'non-dropping-particle', 'family', 'suffix'].map(part => textAt(author, part))
  const name = parts.filter(part => part.trim() !== '').join(' ') || whole
  return plainLine(name)
}
