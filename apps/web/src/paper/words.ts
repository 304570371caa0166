/** Words as people type them and as papers have them: compared without accents and case. */
export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

export const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/\s+/)
    .filter(word => word !== '')

/** Whether a folded text has all the words somewhere. */
export const matches = (text: string, words: readonly string[]): boolean => words.every(word => text.includes(word))
