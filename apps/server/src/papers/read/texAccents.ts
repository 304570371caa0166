/**
 * Names, titles and abstracts of arXiv are texts with TeX in them: accents become letters (`Poincar\'e`, `{\"o}`), everything
 * else stays as it is.
 */
import { mathIn } from '@paperboard/shared/mathText'
import { accents, letters } from './latex.ts'

const long = 'ss|SS|aa|AA|ae|AE|oe|OE|dh|DH|th|TH|dj|DJ'
const short = 'o|O|l|L|i|j'
/** `{\"o}`, `{\'{\i}}`, `{\v{s}}`. */
const inBraces = /\{\\(?:(["'`^~=.])\s?\{?(\\[ij]|\p{L})\}?|([uvHckr])\s?\{(\p{L})\})\}/gu
/** `\"{o}`, `\v{s}`. */
const withBraces = /\\(["'`^~=.uvHckr])\s?\{(\\[ij]|\p{L})\}/gu
/** `\'e`; not `\"e`, which is as often a quotation mark with a backslash too many. */
const bare = /\\(['`^~=.])(\\[ij](?![a-zA-Z])|\p{L})/gu
/** Within a word or before a capital that is an umlaut. */
const umlaut = /(\p{L}|(?:^|[\s({-])(?=\\"\p{Lu}))\\"(\p{L})/gu
/** `{\ss}`, `\ss{}`, `\ss`; those of one letter only in braces or within a word: `\O(n)` is something else. */
const letter = new RegExp(`\\{\\\\(${long}|${short})\\}|(?:\\\\(${long})|(?<=\\p{L})\\\\(${short}))(?![A-Za-z])(?:\\{\\}| (?=\\p{Ll}))?`, 'gu')

/** The text with letters for the accents that stand outside of its mathematics. */
export const withAccents = (text: string): string => {
  if (!text.includes('\\')) return text
  let [written, from] = ['', 0]
  for (const { start, end } of mathIn(text)) {
    written += accented(text.slice(from, start)) + text.slice(start, end)
    from = end
  }
  return written + accented(text.slice(from))
}

const accented = (text: string): string =>
  text
    .replace(inBraces, (whole, sign?: string, under?: string, name?: string, over?: string) => composed(whole, sign ?? name ?? '', under ?? over ?? ''))
    .replace(withBraces, composed)
    .replace(bare, composed)
    .replace(umlaut, (whole, before: string, under: string) => before + composed(whole.slice(before.length), '"', under))
    .replace(letter, (whole, braced?: string, long?: string, short?: string) => letters[braced ?? long ?? short ?? ''] ?? whole)

/** The letter with its accent, where there is such a letter. */
const composed = (whole: string, accent: string, under: string): string => {
  const one = (under.replace('\\', '') + (accents[accent] ?? '')).normalize('NFC')
  return one.length === 1 ? one : whole
}
