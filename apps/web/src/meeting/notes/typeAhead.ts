/** Type-ahead in a note: `@` and the name of a member, `[[` or `#` and the title of a paper. */
import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'

export interface Offers {
  /** Names of members. */
  members: () => readonly string[]
  papers: () => Promise<readonly { title: string; address: string; authors: string }[]>
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Whether each word that is typed begins a word of the text. */
const fits = (text: string, typed: string) => {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u)
  return fold(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .every(part => words.some(word => word.startsWith(part)))
}

const most = 12
const linkText = (title: string) => title.replace(/\s+/g, ' ').replace(/[[\]\\]/g, '\\$&')

const membersFor =
  ({ members }: Offers) =>
  (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/(?<![\p{L}\p{N}._-])@[\p{L}\p{N}'’-]*(?: [\p{L}\p{N}'’-]+)?/u)
    if (typed === null) return null
    const options = members()
      .filter(name => fits(name, typed.text.slice(1)))
      .slice(0, most)
      .map((name): Completion => ({ label: `@${name}`, apply: `@${name} ` }))
    return { from: typed.from, options, filter: false }
  }

const papersFor =
  ({ papers }: Offers) =>
  async (context: CompletionContext): Promise<CompletionResult | null> => {
    const typed = context.matchBefore(/\[\[[^\]\n]{0,80}|(?<![^\s(])#[^\s#][^\n]{0,60}/)
    if (typed === null) return null
    const words = typed.text.replace(/^(\[\[|#)/, '')
    const known = await papers()
    const options = known
      .filter(({ title, authors }) => fits(`${title} ${authors}`, words))
      .slice(0, most)
      .map(({ title, address, authors }): Completion => ({ label: title, detail: authors, apply: `[${linkText(title)}](${address})` }))
    // A hash without a paper behind it is a hash.
    return options.length === 0 ? null : { from: typed.from, options, filter: false }
  }

export const typeAhead = (offers: Offers) =>
  autocompletion({ override: [membersFor(offers), papersFor(offers)], icons: false, optionClass: () => 'cm-offer', maxRenderedOptions: most })
