/** Text as LaTeX: mathematics as it is, everything else so that it prints and is read again as it was. */
import { mathIn } from '@paperboard/shared/mathText'

const special: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  $: '\\$',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  ß: '{\\ss}',
  ø: '{\\o}',
  Ø: '{\\O}',
  æ: '{\\ae}',
  Æ: '{\\AE}',
  œ: '{\\oe}',
  Œ: '{\\OE}',
  ł: '{\\l}',
  Ł: '{\\L}',
  // A letter and an accent would be read as that.
  å: '{\\aa}',
  Å: '{\\AA}',
}
/** Combining marks and the commands that set them. BibTeX sorts and shortens names right only where accents are commands. */
const accents: Record<string, string> = {
  '\u0300': '`',
  '\u0301': "'",
  '\u0302': '^',
  '\u0303': '~',
  '\u0304': '=',
  '\u0306': 'u',
  '\u0307': '.',
  '\u0308': '"',
  '\u030a': 'r',
  '\u030b': 'H',
  '\u030c': 'v',
  '\u0327': 'c',
  '\u0328': 'k',
}

/** One letter with one accent; others stay as they are, which every LaTeX of today reads. */
const accented = (letter: string): string => {
  const [base = '', mark = '', more] = letter.normalize('NFD')
  const command = accents[mark]
  if (command === undefined || more !== undefined || !/[A-Za-z]/.test(base)) return letter
  // `i` and `j` would keep their dot below the accent.
  const under = (base === 'i' || base === 'j') && !'ck'.includes(command) ? `\\${base}` : base
  return /[a-zA-Z]/.test(command) ? `{\\${command}{${under}}}` : `{\\${command}${under}}`
}

const escaped = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\\{}%&#_$~^]|\P{ASCII}/gu, letter => special[letter] ?? accented(letter))
    // Two hyphens, backticks or quotes would become one sign.
    .replace(/([-`'])(?=\1)/g, '$1{}')

/** Braces of a formula must close, or they would close the field. */
const balanced = (tex: string): boolean => {
  let depth = 0
  for (let at = 0; at < tex.length; at++) {
    if (tex[at] === '\\') at++
    else if (tex[at] === '{') depth++
    else if (tex[at] === '}' && --depth < 0) return false
  }
  return depth === 0
}

const pieces = (text: string): { source: string; math: boolean }[] => {
  const found: { source: string; math: boolean }[] = []
  let from = 0
  for (const { start, end } of mathIn(text)) {
    const source = text.slice(start, end)
    if (!balanced(source)) continue
    found.push({ source: text.slice(from, start), math: false }, { source, math: true })
    from = end
  }
  return [...found, { source: text.slice(from), math: false }]
}

export const latex = (text: string): string =>
  pieces(text)
    .map(({ source, math }) => (math ? source : escaped(source)))
    .join('')

/** A name of several capitals, or one within: `BERT`, `DeepSeek`, `3D`. A style that lowers titles would spoil it. */
const ofCapitals = /[\p{L}\p{N}\p{M}]*\p{L}*(?:\p{Lu}[\p{L}\p{N}\p{M}]*\p{Lu}|[\p{Ll}\p{N}]\p{Lu})[\p{L}\p{N}\p{M}]*/gu

/** A title: words whose capitals matter are in braces. */
export const latexTitle = (text: string): string =>
  pieces(text)
    .map(({ source, math }) => {
      if (math) return source
      let [written, from] = ['', 0]
      for (const match of source.matchAll(ofCapitals)) {
        written += `${escaped(source.slice(from, match.index))}{${escaped(match[0])}}`
        from = match.index + match[0].length
      }
      return written + escaped(source.slice(from))
    })
    .join('')
