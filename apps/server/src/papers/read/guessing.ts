/** Which encoding a text is in that is no UTF-8 and does not say. */
import chardet from 'chardet'

/** Chinese, Japanese, Korean and Cyrillic by their letters; for all others Windows-1252, which is what Latin-1 means on the web. */
export const guessed = (bytes: Uint8Array): string => {
  const some = bytes.subarray(0, 200_000)
  const [best] = chardet.analyse(some)
  const name = best?.name ?? ''
  if (best !== undefined && foreign.has(name) && best.confidence >= 50 && isLabel(name)) return name
  return inKorean(some) ? 'euc-kr' : inBig5(some) ? 'big5' : inPairs(some) ? 'gb18030' : inShiftJis(some) ? 'shift_jis' : (inCyrillic(some) ?? 'windows-1252')
}

/** The pairs of bytes above ASCII; null where one has no second. */
const pairsOf = (bytes: Uint8Array): [number, number][] | null => {
  const pairs: [number, number][] = []
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) continue
    const trail = bytes[++at] ?? 0
    if (trail < 0x40) return null
    pairs.push([lead, trail])
  }
  return pairs
}

const share = <T>(list: readonly T[], wanted: (one: T) => boolean) => list.filter(wanted).length / list.length

/** Hangul alone, in the rows that EUC-KR has for it; of Chinese text in GBK a third stands behind them. */
const inKorean = (bytes: Uint8Array): boolean => {
  const pairs = pairsOf(bytes)
  return pairs !== null && pairs.length >= 6 && share(pairs, ([lead, trail]) => lead >= 0xb0 && lead <= 0xc8 && trail >= 0xa1) > 0.97
}

/** Common characters of Big5; a third of them has a second byte that none of GB 2312 and EUC-KR has. */
const inBig5 = (bytes: Uint8Array): boolean => {
  const pairs = pairsOf(bytes)
  if (pairs === null || pairs.length < 4) return false
  const common = share(pairs, ([lead, trail]) => lead >= 0xa1 && lead <= 0xc6 && (trail <= 0x7e || trail >= 0xa1))
  return common > 0.95 && share(pairs, ([, trail]) => trail <= 0x7e) > 0.15
}

/** Words of nothing but letters above ASCII, as no language in Latin letters has them; small letters tell the two encodings apart. */
const inCyrillic = (bytes: Uint8Array): 'windows-1251' | 'koi8-r' | null => {
  let [letters, runs, low, high] = [0, 0, 0, 0]
  for (const [at, byte] of bytes.entries()) {
    if (byte < 0xc0) continue
    letters++
    if ((bytes[at - 1] ?? 0) < 0xc0) runs++
    if (byte < 0xe0) low++
    else high++
  }
  if (runs === 0 || letters < 8 || letters / runs < 3) return null
  return high > low ? 'windows-1251' : 'koi8-r'
}

const foreign = new Set(['Big5', 'EUC-JP', 'EUC-KR', 'Shift_JIS', 'GB18030', 'KOI8-R', 'windows-1251'])

/** Whether the bytes above ASCII stand in pairs, nearly all of them of the common Chinese characters (GB 2312, level one). */
const inPairs = (bytes: Uint8Array): boolean => {
  let [pairs, common, odd] = [0, 0, 0]
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) continue
    const trail = bytes[at + 1] ?? 0
    if (lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail !== 0x7f) {
      pairs++
      if ((lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1) || lead === 0xa3 || lead === 0xa1) common++
      at++
    } else odd++
  }
  return pairs > 0 && odd < 2 && common / pairs > 0.8
}

/** Whether the bytes above ASCII are Japanese: kana and common characters, no two far apart. In Windows-1252 they would be quotes and dashes in a row. */
const inShiftJis = (bytes: Uint8Array): boolean => {
  let [inRow, alone, before] = [0, 0, -2]
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) continue
    const trail = bytes[at + 1] ?? 0
    if (!((lead >= 0x81 && lead <= 0x84) || (lead >= 0x88 && lead <= 0x98)) || trail < 0x40 || trail === 0x7f || trail > 0xfc) return false
    if (before === at - 2) inRow++
    else if (bytes[at + 2] === undefined || (bytes[at + 2] ?? 0) < 0x80) alone++
    before = at
    at++
  }
  return inRow > 0 && alone <= inRow
}

/** Whether it is an encoding that can be read. */
export const isLabel = (label: string) => {
  try {
    new TextDecoder(label)
    return true
  } catch {
    return false
  }
}
