/** Where others write, with their names. */
import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from '@codemirror/view'
import type { OpenNote, Writer } from '../../live/noteEditing.ts'
import { memberHue } from '../../ui/Avatar.tsx'

/** Places are told, and drawn anew, at most this often (ms): between, they move with the text. */
const pace = 80
/** A name is shown for this long (ms) after its cursor moved; then when the pointer is near. */
const shownFor = 2_500

class Caret extends WidgetType {
  readonly #writer: { member: string; name: string; moved: boolean }
  constructor(writer: { member: string; name: string; moved: boolean }) {
    super()
    this.#writer = writer
  }
  override eq(other: Caret) {
    const [a, b] = [this.#writer, other.#writer]
    return a.member === b.member && a.name === b.name && a.moved === b.moved
  }
  override toDOM() {
    const caret = document.createElement('span')
    caret.className = 'cm-writer'
    caret.style.setProperty('--hue', String(memberHue(this.#writer.member)))
    // Who writes is told beside the text: here it would be read out within it.
    caret.setAttribute('aria-hidden', 'true')
    const name = document.createElement('span')
    name.className = 'cm-writer-name'
    name.dataset.moved = String(this.#writer.moved)
    name.textContent = this.#writer.name
    // Joined, so that no line breaks at a cursor.
    caret.append('\u2060', name, '\u2060')
    return caret
  }
  override ignoreEvent() {
    return true
  }
}

const drawn = StateEffect.define<DecorationSet>()
const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => transaction.effects.reduce((now, effect) => (effect.is(drawn) ? effect.value : now), marks.map(transaction.changes)),
  provide: of => EditorView.decorations.from(of),
})

interface Names {
  nameOf: (member: string) => string
}

const draw = ({ doc }: EditorView['state'], writers: readonly (Writer & { moved: boolean })[], { nameOf }: Names) =>
  Decoration.set(
    writers.flatMap(({ member, anchor, head, moved }) => {
      const at = (place: number) => Math.min(place, doc.length)
      const caret = Decoration.widget({ widget: new Caret({ member, name: nameOf(member), moved }), side: 1 }).range(at(head))
      const [from, to] = [at(Math.min(anchor, head)), at(Math.max(anchor, head))]
      if (from === to) return [caret]
      return [Decoration.mark({ class: 'cm-written', attributes: { style: `--hue: ${memberHue(member)}` } }).range(from, to), caret]
    }),
    true,
  )

/** Shows where others write in a note, and tells them where we do while the editor has the focus. */
export const cursors = (note: OpenNote, names: Names) => [
  field,
  ViewPlugin.fromClass(
    class {
      readonly #view: EditorView
      readonly #stop: () => void
      readonly #moved = new Map<number, { at: string; since: number }>()
      #drawing: ReturnType<typeof setTimeout> | undefined
      #telling: ReturnType<typeof setTimeout> | undefined

      constructor(view: EditorView) {
        this.#view = view
        this.#stop = note.onWriters(() => this.#drawSoon(pace))
        this.#drawSoon(0)
      }

      update({ selectionSet, docChanged, focusChanged }: ViewUpdate) {
        if (selectionSet || docChanged || focusChanged) this.#telling ??= setTimeout(() => this.#tell(), pace)
      }

      #tell() {
        this.#telling = undefined
        const { anchor, head } = this.#view.state.selection.main
        note.point(this.#view.hasFocus ? { anchor, head } : null)
      }

      #drawSoon(ms: number) {
        this.#drawing ??= setTimeout(() => {
          this.#drawing = undefined
          this.#draw()
        }, ms)
      }

      #draw() {
        const now = Date.now()
        const writers = note.writers().map(writer => {
          const at = `${writer.anchor} ${writer.head}`
          const before = this.#moved.get(writer.client)
          const since = before?.at === at ? before.since : now
          this.#moved.set(writer.client, { at, since })
          return { ...writer, moved: now - since < shownFor }
        })
        for (const client of this.#moved.keys()) if (!writers.some(writer => writer.client === client)) this.#moved.delete(client)
        this.#view.dispatch({ effects: drawn.of(draw(this.#view.state, writers, names)) })
        if (writers.some(({ moved }) => moved)) this.#drawSoon(shownFor)
      }

      destroy() {
        this.#stop()
        clearTimeout(this.#drawing)
        clearTimeout(this.#telling)
        note.point(null)
      }
    },
  ),
]
