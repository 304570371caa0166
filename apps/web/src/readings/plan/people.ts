/** Names as one types them: without accents and case. */
export const foldName = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** Whether what was typed begins a word of the name, or the name from a word on: "lo" and "ada l" find Ada Lovelace. */
export const matchesName = (name: string, typed: string): boolean => ` ${foldName(name)}`.includes(` ${foldName(typed)}`)
