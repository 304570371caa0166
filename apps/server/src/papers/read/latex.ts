/** LaTeX of titles, names and abstracts as text. Mathematics stays TeX between dollar signs; accents and signs become letters. */
import { lineOf, raise } from './plainText.ts'

/** Commands of accents, and the marks they set. */
export const accents: Record<string, string> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '"': '\u0308',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  v: '\u030c',
  H: '\u030b',
  c: '\u0327',
  k: '\u0328',
  r: '\u030a',
  b: '\u0331',
  d: '\u0323',
  t: '\u0361',
}

/** Commands that stand for letters and signs of text. */
export const letters: Record<string, string> = {
  ss: 'ß',
  SS: 'ẞ',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  aa: 'å',
  AA: 'Å',
  i: 'ı',
  j: 'ȷ',
  dh: 'ð',
  DH: 'Ð',
  th: 'þ',
  TH: 'Þ',
  dj: 'đ',
  DJ: 'Đ',
  ng: 'ŋ',
  NG: 'Ŋ',
  S: '§',
  P: '¶',
  pounds: '£',
  euro: '€',
  texteuro: '€',
  copyright: '©',
  textcopyright: '©',
  textregistered: '®',
  texttrademark: '™',
  textdegree: '°',
  degree: '°',
  ldots: '…',
  dots: '…',
  textellipsis: '…',
  textendash: '–',
  textemdash: '—',
  textquoteleft: '‘',
  textquoteright: '’',
  textquotedblleft: '“',
  textquotedblright: '”',
  textquotesingle: "'",
  guillemotleft: '«',
  guillemotright: '»',
  // Kept from the steps that take backslashes for commands.
  textbackslash: '\u0006',
  textasciitilde: '\u0004',
  textasciicircum: '^',
  textunderscore: '_',
  textbar: '|',
  textless: '<',
  textgreater: '>',
  textperiodcentered: '·',
  textbullet: '•',
  textmu: 'µ',
  textonehalf: '½',
  textdollar: '$',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
  BibTeX: 'BibTeX',
  quad: ' ',
  qquad: ' ',
  space: ' ',
  newline: ' ',
  relax: '',
  noindent: '',
  bf: '',
  it: '',
  em: '',
  sc: '',
  tt: '',
  rm: '',
  sf: '',
  sl: '',
  bfseries: '',
  itshape: '',
  scshape: '',
  upshape: '',
  emph: '',
  textit: '',
  textbf: '',
  textsc: '',
  texttt: '',
  textrm: '',
  textsf: '',
  textsl: '',
  textup: '',
  textnormal: '',
  text: '',
  mbox: '',
  hbox: '',
  underline: '',
  uppercase: '',
  lowercase: '',
  MakeUppercase: '',
  MakeLowercase: '',
  nocase: '',
  url: '',
  path: '',
  enquote: '',
  mkbibquote: '',
  mkbibemph: '',
  textquotedbl: '"',
  bibstring: '',
  protect: '',
  par: '\n\n',
} // prettier-ignore

/** Signs of mathematics that people write outside of it, too. */
const mathSigns = new Set(
  `alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda
  Xi Pi Sigma Upsilon Phi Psi Omega times pm mp le leq ge geq neq ne sim simeq approx equiv infty to rightarrow leftarrow leftrightarrow Rightarrow cdot circ star dagger
  ell hbar partial nabla forall exists in subset cup cap sum prod int sqrt propto ll gg`.split(/\s+/),
)

/** A line of text from LaTeX. */
export const lineFromLatex = (latex: string): string => lineOf(fromLatex(latex))

/** Text from LaTeX; blank lines part paragraphs. Linear: each step is one pass. */
export const fromLatex = (latex: string): string => {
  const parts = latex.replace(/\\\(|\\\)/g, '$').split(/(?<!\\)\$/)
  // A lone dollar sign is money: so is the last of an odd number.
  const lone = parts.length % 2 === 0 ? parts.pop() : undefined
  const math = parts.length > 1
  const text = parts.map((part, at) => (at % 2 === 1 ? `$${part}$` : words(part, math))).join('')
  return (lone === undefined ? text : `${text}$${words(lone, math)}`).normalize('NFC')
}

const signAccent = /\\(["'`^~=.])\s*(?:\{\s*(\\[ij]|\p{L}\p{M}?)?\s*\}|(\\[ij](?![a-zA-Z])|\p{L}))/gu
const letterAccent = /\\([uvHckrbdt])(?:\s*\{\s*(\\[ij]|\p{L}\p{M}?)?\s*\}|\s+(\p{L})(?!\p{L}))/gu

const words = (latex: string, math: boolean): string =>
  latex
    .replace(/\\ensuremath\s*\{([^{}]{0,500})\}/g, (_, tex: string) => `\u0001${tex}\u0001`)
    .replace(signAccent, accented)
    .replace(letterAccent, accented)
    // Letters with two accents: Nguy{\~{\^e}}n, Ph{\d{\^{a}}}m.
    .replace(signAccent, accented)
    .replace(letterAccent, accented)
    .replace(/\\text(super|sub)script\s*\{([^{}]{0,200})\}/g, (_, place: string, inner: string) => kept(raise(place === 'sub' ? '_' : '^', inner)))
    .replace(/\\href\s*\{[^{}]{0,2000}\}/g, '')
    .replace(/\\([a-zA-Z]+)\*?(\s*\{\})?[ \t]*/g, command)
    .replace(/\\~(?![a-zA-Z{])/g, '\u0004')
    .replace(/\\\\(\[[^\]]{0,20}\])?|~|\\[ ,;:!/]/g, ' ')
    .replace(/\\([&%#_])/g, '$1')
    .replace(/\\([{}])/g, (_, brace: string) => (brace === '{' ? '\u0002' : '\u0003'))
    .replace(/\\\$/g, math ? '\\$' : '$')
    .replace(/\\([-/])/g, '')
    .replace(/\\([~^'"`=.])/g, '$1')
    // An empty group parts what would be one sign.
    .replace(/\{\}/g, '\u0005')
    .replace(/[{}]/g, '')
    .replace(/---/g, '—')
    .replace(/--/g, '–')
    .replace(/``/g, '“')
    .replace(/''/g, '”')
    .replaceAll('\u0001', '$')
    .replaceAll('\u0002', '{')
    .replaceAll('\u0003', '}')
    .replaceAll('\u0004', '~')
    .replaceAll('\u0005', '')
    .replaceAll('\u0006', '\\')

const accented = (_: string, accent: string, braced: string | undefined, bare: string | undefined): string => {
  const letter = (braced ?? bare ?? '').replace('\\', '')
  // The dotless i and j take their accent in place of the dot.
  return letter === '' ? accent : (letter + (accents[accent] ?? '')).normalize('NFC')
}

/** TeX that the steps which follow leave as it is. */
const kept = (tex: string) => tex.replaceAll('$', '\u0001').replaceAll('{', '\u0002').replaceAll('}', '\u0003')

/** A letter, a sign of mathematics, or a command of somebody's own, which stays as written. */
const command = (whole: string, name: string, empty: string | undefined): string => {
  // A command ends at a space, which is no part of the text unless braces closed it.
  const space = empty !== undefined && /\s$/.test(whole) ? ' ' : ''
  const letter = Object.hasOwn(letters, name) ? letters[name] : undefined
  if (letter !== undefined) return letter + (letter === '' ? '' : space)
  if (mathSigns.has(name)) return `\u0001\\${name}\u0001${/\s$/.test(whole) ? ' ' : ''}`
  return whole
}
