import { completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap } from '@codemirror/commands'
import { deleteMarkupBackward, insertNewlineContinueMarkup, markdownLanguage } from '@codemirror/lang-markdown'
import { syntaxHighlighting } from '@codemirror/language'
import { EditorState, type StateCommand } from '@codemirror/state'
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'
import { limits } from '@paperboard/shared/limits'
import { useEffect, useImperativeHandle, useRef } from 'react'
import type { LiveRoom } from '../../live/LiveRoom.ts'
import { isFromText, type OpenNote, openNote } from '../../live/noteEditing.ts'
import { toast } from '../../ui/toast.ts'
import { cursors } from './cursors.ts'
import { bold, checklist, italic, list, tickLines } from './marks.ts'
import styles from './NoteEditor.module.css'
import { paperLinks } from './paperLinks.ts'
import { richPaste } from './paste.ts'
import { type Offers, typeAhead } from './typeAhead.ts'

/** What buttons beside the editor ask of it. */
export interface Editing {
  run: (act: NoteAct) => void
}
/** A command, or a step of one's own that is taken back or done again. */
export type NoteAct = StateCommand | 'undo' | 'redo'

export interface NoteEditorProps {
  room: LiveRoom
  /** Which note; another one, or another document of the room, is another editor: give a key. */
  note: string
  label: string
  /** What stands there while nothing is written. */
  empty: string
  offers: Offers
  nameOf: (member: string) => string
  editing: React.Ref<Editing>
}

const ours = [
  { key: 'Mod-b', run: bold },
  { key: 'Mod-i', run: italic },
  { key: 'Mod-Shift-8', run: list },
  { key: 'Mod-Shift-9', run: checklist },
  { key: 'Mod-Enter', run: tickLines },
  { key: 'Enter', run: insertNewlineContinueMarkup },
  { key: 'Backspace', run: deleteMarkupBackward },
]

/** Nobody gets more into a note than the server takes; whoever tries is told. */
const bounded = EditorState.changeFilter.of(change => {
  const fits = isFromText(change) || change.newDoc.length <= limits.noteLength || change.newDoc.length <= change.startState.doc.length
  if (!fits) toast(`A note holds ${limits.noteLength.toLocaleString('en')} characters at most. This would be too much.`, { key: 'note-full', tone: 'warn' })
  return fits
})

/** A note's Markdown, which all who are here write at once. */
export function NoteEditor({ room, note, label, empty, offers, nameOf, editing }: NoteEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const steps = useRef<Pick<OpenNote, 'undo' | 'redo'>>(null)
  const latest = useRef({ offers, nameOf, label })
  latest.current = { offers, nameOf, label }
  useImperativeHandle(editing, () => ({
    run: act => {
      if (view.current === null) return
      view.current.focus()
      if (typeof act === 'string') steps.current?.[act]()
      else act(view.current)
    },
  }))
  useEffect(() => {
    const open = openNote(room, note)
    const editor = new EditorView({
      ...(place.current === null ? {} : { parent: place.current }),
      doc: open.content,
      extensions: [
        // What others write may hold any kind of line break: here and there a character is a character.
        EditorState.lineSeparator.of('\n'),
        keymap.of([...completionKeymap, ...ours, ...open.undoKeys, ...defaultKeymap]),
        markdownLanguage,
        syntaxHighlighting(classHighlighter),
        EditorView.lineWrapping,
        drawSelection(),
        placeholder(empty),
        EditorView.contentAttributes.of(() => ({ 'aria-label': latest.current.label, spellcheck: 'true', autocapitalize: 'sentences' })),
        open.sync,
        cursors(open, { nameOf: member => latest.current.nameOf(member) }),
        typeAhead({ members: () => latest.current.offers.members(), papers: () => latest.current.offers.papers() }),
        paperLinks,
        richPaste,
        bounded,
      ],
    })
    view.current = editor
    steps.current = open
    return () => {
      view.current = null
      steps.current = null
      editor.destroy()
      open.close()
    }
  }, [room, note, empty])
  // What a paper is called may be known later. Nobody who writes meanwhile is to lose their place by that.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor reads it from `latest`
  useEffect(() => view.current?.dispatch({}), [label])
  return <div ref={place} className={styles.editor} />
}
