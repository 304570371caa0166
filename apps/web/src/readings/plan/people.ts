import { fold } from '../../paper/words.ts'

/** Whether two names differ by case and accents alone. */
export const isSameName = (a: string, b: string): boolean => fold(a).trim() === fold(b).trim()

/** Whether what was typed begins a word of the name, or the name from a word on: "lo" and "ada l" find Ada Lovelace. */
export const matchesName = (name: string, typed: string): boolean => ` ${fold(name)}`.includes(` ${fold(typed).trim()}`)
