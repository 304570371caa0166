/** Keys to cite papers by: `lovelace2026notes`. */
import type { Paper } from '@paperboard/shared/api'
import { nameIn } from '@paperboard/shared/personNames'
import { datePartsOf, titleOf } from './cited.ts'

const small = new Set(
  'a an and are as at be by can do does for from how in into is it its of on or our the to towards toward via we what when where why with'.split(' '),
)
/** Letters that are no letter and an accent. */
const spelled: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

const ascii = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[ßøæœłđðþı]/g, letter => spelled[letter] ?? '')
    .normalize('NFKD')
    .replace(/[^a-z0-9]/g, '')

/** The key that a paper asks for: family name, year and first word of the title. What has none of these in letters of ASCII is a `paper`. */
export const wishedKey = (paper: Paper): string => {
  const [author] = paper.authors
  const name = author === undefined ? null : nameIn(author)
  const family = name === null ? '' : ascii('literal' in name ? (name.literal.split(/\s/)[0] ?? '') : name.family)
  const word = titleOf(paper)
    .replace(/\$[^$]*\$|\\[a-z]+/gi, ' ')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(ascii)
    .find(each => each.length > 1 && !small.has(each))
  // A key may not begin with a digit.
  const key = `${family.slice(0, 30)}${datePartsOf(paper)[0] ?? ''}${(word ?? '').slice(0, 30)}`
  return /^[a-z]/.test(key) ? key : `paper${key}`
}

/** The wish, or with a letter behind it where it is taken: `…b` to `…z`, then `…aa` and on. */
export const freeKey = (wish: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(wish)) return wish
  for (let n = 1; ; n++) {
    let [end, rest] = ['', n]
    for (; rest >= 0; rest = Math.floor(rest / 26) - 1) end = String.fromCharCode(97 + (rest % 26)) + end
    if (!taken.has(wish + end)) return wish + end
  }
}
