/** What keys and buttons do to the Markdown under the cursor. */
import { type ChangeSpec, EditorSelection, type EditorState, type StateCommand } from '@codemirror/state'
import { tasksIn } from '@paperboard/shared/tasks'

/** Puts a mark around what is selected, or takes it away. */
const wrap =
  (mark: string): StateCommand =>
  ({ state, dispatch }) => {
    const changes = state.changeByRange(range => {
      const around = state.sliceDoc(range.from - mark.length, range.from) === mark && state.sliceDoc(range.to, range.to + mark.length) === mark
      if (around)
        return {
          changes: [
            { from: range.from - mark.length, to: range.from },
            { from: range.to, to: range.to + mark.length },
          ],
          range: EditorSelection.range(range.anchor - mark.length, range.head - mark.length),
        }
      return {
        changes: [
          { from: range.from, insert: mark },
          { from: range.to, insert: mark },
        ],
        range: EditorSelection.range(range.anchor + mark.length, range.head + mark.length),
      }
    })
    dispatch(state.update(changes, { userEvent: 'input', scrollIntoView: true }))
    return true
  }

export const bold = wrap('**')
export const italic = wrap('_')

const selectedLines = (state: EditorState) => {
  const { from, to } = state.selection.main
  const last = state.doc.lineAt(to).number
  const lines = []
  for (let number = state.doc.lineAt(from).number; number <= last; number++) lines.push(state.doc.line(number))
  return lines
}

const item = /^(\s*)((?:[-*+]|\d+[.)])\s+(?:\[[ xX]*\]\s+)?)?/

/** Begins each selected line with a mark, or takes it away where all have it. */
const begin =
  (mark: string): StateCommand =>
  ({ state, dispatch }) => {
    const lines = selectedLines(state).map(line => {
      const [, indent = '', now = ''] = item.exec(line.text) ?? []
      return { from: line.from + indent.length, now }
    })
    const insert = lines.every(({ now }) => now === mark) ? '' : mark
    const changes: ChangeSpec[] = lines.map(({ from, now }) => ({ from, to: from + now.length, insert }))
    // A cursor where the mark is put stands behind it.
    const set = state.changes(changes)
    dispatch(state.update({ changes: set, selection: state.selection.map(set, 1), userEvent: 'input', scrollIntoView: true }))
    return true
  }

export const list = begin('- ')
export const checklist = begin('- [ ] ')

/** Ticks the boxes of the selected lines, or takes the ticks away where all have one. */
export const tickLines: StateCommand = ({ state, dispatch }) => {
  const lines = selectedLines(state)
  const [first, last] = [lines[0]?.from ?? 0, lines.at(-1)?.to ?? 0]
  const boxes = tasksIn(state.doc.toString()).filter(({ from }) => from >= first && from <= last)
  if (boxes.length === 0) return checklist({ state, dispatch })
  const mark = boxes.every(({ done }) => done) ? ' ' : 'x'
  dispatch(state.update({ changes: boxes.map(({ from, to }) => ({ from, to, insert: mark })), userEvent: 'input' }))
  return true
}

/** Writes what begins a type-ahead where the cursor is, apart from the word before it. */
export const call =
  (opening: string): StateCommand =>
  ({ state, dispatch }) => {
    const { from, to } = state.selection.main
    const insert = /\S$/.test(state.sliceDoc(Math.max(0, from - 1), from)) ? ` ${opening}` : opening
    dispatch(state.update({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: 'input.type' }))
    return true
  }
