import { useRef } from 'react'
import { type Editing, NoteEditor, type NoteEditorProps } from './NoteEditor.tsx'
import { NoteTools } from './NoteTools.tsx'

/** Where a note is written: the editor with its tools, in one piece of code that comes when it is needed. */
export default function NoteDesk(props: Omit<NoteEditorProps, 'editing'>) {
  const editing = useRef<Editing>(null)
  return (
    <div>
      <NoteTools onRun={act => editing.current?.run(act)} />
      <NoteEditor {...props} editing={editing} />
    </div>
  )
}
