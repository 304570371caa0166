/** Pasting into a note: what has looks comes as Markdown, an address over words makes them a link. */
import { EditorView } from '@codemirror/view'
import { markdownOf } from './richText.ts'

const isAddress = (text: string) => /^https?:\/\/[^\s<>()]+$/.test(text)

const pasted = ({ state }: EditorView, data: DataTransfer): string | null => {
  const [plain, html] = [data.getData('text/plain').trim(), data.getData('text/html')]
  const { from, to } = state.selection.main
  const words = state.sliceDoc(from, to)
  if (isAddress(plain) && words.trim() !== '' && !/[\n[\]]/.test(words) && !isAddress(words)) return `[${words}](${plain})`
  // Nothing of the page is fetched or run by reading it so.
  return html === '' || isAddress(plain) ? null : markdownOf(new DOMParser().parseFromString(html, 'text/html').body)
}

export const richPaste = EditorView.domEventHandlers({
  paste: (event, view) => {
    const markdown = event.clipboardData === null ? null : pasted(view, event.clipboardData)
    if (markdown === null) return false
    event.preventDefault()
    view.dispatch(view.state.replaceSelection(markdown), { userEvent: 'input.paste', scrollIntoView: true })
    return true
  },
})
