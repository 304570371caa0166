/** What keys do to the Markdown of a note. `|` is the cursor, `<` and `>` bound what is selected. */
import { EditorState, type StateCommand } from '@codemirror/state'
import { describe, expect, test } from 'vitest'
import { bold, call, checklist, italic, list, tickLines } from '../../apps/web/src/meeting/notes/marks.ts'

const read = (marked: string) => {
  const [from, to] = marked.includes('|') ? [marked.indexOf('|'), marked.indexOf('|')] : [marked.indexOf('<'), marked.indexOf('>') - 1]
  return EditorState.create({ doc: marked.replace(/[|<>]/g, ''), selection: { anchor: from, head: to } })
}

const show = ({ doc, selection: { main } }: EditorState) => {
  const text = doc.toString()
  const [before, inside, after] = [text.slice(0, main.from), text.slice(main.from, main.to), text.slice(main.to)]
  return main.empty ? `${before}|${after}` : `${before}<${inside}>${after}`
}

const after = (marked: string, command: StateCommand) => {
  let state = read(marked)
  command({
    state,
    dispatch: transaction => {
      state = transaction.state
    },
  })
  return show(state)
}

const commands = { bold, italic, list, checklist, tickLines, atSign: call('@'), brackets: call('[[') }

describe('in a note', () => {
  test.each<[string, keyof typeof commands, string]>([
    ['a <word> b', 'bold', 'a **<word>** b'],
    ['a **<word>** b', 'bold', 'a <word> b'],
    ['|', 'bold', '**|**'],
    ['<so>', 'italic', '_<so>_'],
    ['ask|', 'list', '- ask|'],
    ['- ask|', 'list', 'ask|'],
    ['- ask|', 'checklist', '- [ ] ask|'],
    ['<one\n  two>', 'checklist', '- [ ] <one\n  - [ ] two>'],
    ['- [x] one|', 'list', '- one|'],
    ['- [ ] one|', 'tickLines', '- [x] one|'],
    ['<- [ ] one\n- [x] two>', 'tickLines', '<- [x] one\n- [x] two>'],
    ['- [x] one|', 'tickLines', '- [ ] one|'],
    ['one|', 'tickLines', '- [ ] one|'],
    ['ask|', 'atSign', 'ask @|'],
    ['ask |', 'brackets', 'ask [[|'],
  ])('[Z34] of %j the command %s makes %j', (before, command, expected) => {
    expect(after(before, commands[command])).toBe(expected)
  })
})
