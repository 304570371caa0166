/** A long note in parts that mean the same read one by one, so that of what is typed only its own part is made anew. */

import { mathForMarkdown } from '@paperboard/shared/mathText'

/** Parts are at least this long, in characters: of short ones there would be too many. */
const least = 1_500

const fence = /^ {0,3}(```+|~~~+)/
/** What may belong to the lines before it although there is a blank one between: an item, what is indented, a quote. */
const goesOn = /^(\s|[-*+] |[-*+]$|\d{1,9}[.)](\s|$)|>)/
/** What is said elsewhere of a word in brackets, anywhere in the text. */
const definition = /^ {0,3}\[[^\]\n]+\]:/m

export function partsOf(text: string): string[] {
  if (text.length < 2 * least || definition.test(text)) return [text]
  const parts: string[] = []
  let [begun, at, open, blank] = [0, 0, '', false]
  for (const line of text.split('\n')) {
    const marks = fence.exec(line)?.[1] ?? ''
    if (open !== '') {
      if (marks.startsWith(open)) open = ''
      blank = false
    } else {
      if (blank && at - begun >= least && line.trim() !== '' && !goesOn.test(line)) {
        parts.push(text.slice(begun, at))
        begun = at
      }
      open = marks
      blank = line.trim() === ''
    }
    at += line.length + 1
  }
  parts.push(text.slice(begun))
  // A formula may go over blank lines.
  return parts.map(mathForMarkdown).join('') === mathForMarkdown(text) ? parts : [text]
}
