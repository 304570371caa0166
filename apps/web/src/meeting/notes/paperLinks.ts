/** Shows links to papers of the group by their titles: the address is there when the cursor is. */
import { type EditorState, type Range, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'

const link = /\[((?:[^[\]\\\n]|\\.)+)\]\(\/g\/\w{12}\/papers\/\w{12}\)/g
const hidden = Decoration.replace({})
const title = Decoration.mark({ class: 'cm-paper' })

const linksIn = ({ doc, selection: { main } }: EditorState): DecorationSet => {
  const marks: Range<Decoration>[] = []
  for (const match of doc.toString().matchAll(link)) {
    const [from, to] = [match.index, match.index + match[0].length]
    if (main.from <= to && main.to >= from) continue
    const end = from + 1 + (match[1]?.length ?? 0)
    marks.push(hidden.range(from, from + 1), title.range(from + 1, end), hidden.range(end, to))
  }
  return Decoration.set(marks)
}

const field = StateField.define<DecorationSet>({
  create: linksIn,
  update: (links, transaction) => (transaction.docChanged || transaction.selection !== undefined ? linksIn(transaction.state) : links),
  provide: of => [EditorView.decorations.from(of)],
})

export const paperLinks = field
