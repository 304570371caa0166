/** Names of people as sources write them, given name first: that is how Paperboard shows them. */
import { isFields, textAt } from './json.ts'
import { plainLine } from './plainText.ts'

const suffix = /^(jr|sr|ii|iii|iv|v|ph\.?d|m\.?d)\.?$/i

/** "Lovelace, Ada" is "Ada Lovelace", "von Hicks, III, Michael" is "Michael von Hicks III"; other names stay as they are. */
export const givenFirst = (name: string): string => {
  const [family = '', second, third, ...more] = name.split(',').map(part => part.trim())
  if (second === undefined || more.length > 0) return name.trim()
  if (third !== undefined) return [third, family, second].filter(part => part !== '').join(' ')
  return (suffix.test(second) ? [family, second] : [second, family]).filter(part => part !== '').join(' ')
}

/** A name as CSL, Crossref and their like write it: parts, a group's name, or a text. */
export const nameOf = (author: unknown): string => {
  if (!isFields(author)) return typeof author === 'string' ? givenFirst(plainLine(author)) : ''
  const whole = textAt(author, 'literal') || textAt(author, 'name')
  const parts = ['given', 'dropping-particle', 'non-dropping-particle', 'family', 'suffix'].map(part => textAt(author, part))
  const name = parts.filter(part => part.trim() !== '').join(' ') || whole
  return plainLine(name)
}
