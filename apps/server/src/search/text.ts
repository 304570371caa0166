/**
 * Words of texts, as they are indexed, looked for and marked: the same for both engines, which are given words and make none
 * of their own.
 */

/** A word of a text, and where it stands there (UTF-16, from and up to). */
export interface Token {
  /** In lower case, without accents: letters and digits alone. */
  word: string
  from: number
  to: number
}

/** Letters that do not come apart into a plain one and its accent. */
const plain: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ħ: 'h' }
const notPlain = new RegExp(`[${Object.keys(plain).join('')}]`, 'g')

/** As words are compared. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(notPlain, letter => plain[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** Scripts that leave no space between words: each sign is a word, and what is typed of them a phrase. */
const signs = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
const anyWord = new RegExp(`[${signs}]\\p{M}*|(?:(?![${signs}])[\\p{L}\\p{N}\\p{M}])+`, 'gu')
// Nearly all texts are of these letters, and this is five times as fast.
const asciiWord = /[A-Za-z0-9]+/g
const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text)

/** No word is longer: what is, is no word. */
const longest = 60

/** The words of a text in their order. */
export function tokensOf(text: string): Token[] {
  const ascii = isAscii(text)
  const tokens: Token[] = []
  for (const { 0: typed, index } of text.matchAll(ascii ? asciiWord : anyWord)) {
    const word = ascii ? typed.toLowerCase().slice(0, longest) : foldedWord(typed)
    if (word !== '') tokens.push({ word, from: index, to: index + typed.length })
  }
  return tokens
}

const foldedWord = (typed: string): string => kept(foldedWords, typed, () => folded(typed).slice(0, longest))

const hyphen = /^[-\u2010\u2011\u2013]$/

/** Words with hyphens once more, in one: who looks for `pretraining` finds `pre-training`. */
export function joinedTokens(text: string, tokens: readonly Token[]): Token[] {
  const joined: Token[] = []
  for (let n = 0; n < tokens.length; n++) {
    let [{ word, from, to } = { word: '', from: 0, to: 0 }, last] = [tokens[n], n]
    for (let next = tokens[last + 1]; next !== undefined && hyphen.test(text.slice(to, next.from)); next = tokens[++last + 1]) {
      word += next.word
      to = next.to
    }
    if (last > n) joined.push({ word: word.slice(0, longest), from, to })
    n = last
  }
  return joined
}

/**
 * One form for the plural and the singular of English words. Less than other stemmers do, so that the beginning of a word
 * that is being typed finds what the whole word will.
 */
export const stem = (word: string): string => kept(stems, word, () => stemOf(word))

const stemOf = (word: string): string =>
  word.length < 4 || !/^[a-z]+$/.test(word)
    ? word
    : word
        .replace(/([^sui])s$/, '$1')
        .replace(/(x|ch|sh|ss|zz)e$/, '$1')
        .replace(/ie$/, 'i')
        .replace(/([^aeiou])y$/, '$1i')

/** Words come again and again, and to look one up takes a tenth of the time. */
const stems = new Map<string, string>()
const foldedWords = new Map<string, string>()
/** So many are kept, and none that is longer: of those V8 would keep the whole text as well. */
const most = { words: 20_000, letters: 12 }

const kept = (words: Map<string, string>, typed: string, make: () => string): string => {
  const known = words.get(typed)
  if (known !== undefined) return known
  const made = make()
  if (typed.length > most.letters) return made
  if (words.size >= most.words) words.clear()
  words.set(typed, made)
  return made
}

/** Words that say nothing of what a text is about. Between others, they need not be there. */
export const isCommon = (word: string): boolean => common.has(word)
const common = new Set(
  `a about all also an and any are as at be been but by can do does for from had has have how in into is it its may more most no not of on one only or other our out over
  show such than that the their them then there these they this those through to under up us use used using via was we were what when where which while who why will with`.split(
    /\s+/,
  ),
)
