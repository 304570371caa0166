/** Checklists in a note's Markdown: `- [ ] ask Grace`, `1. [x] done`. */
import type * as Y from 'yjs'

export interface Task {
  /** Where what is between its brackets begins and ends in the text. */
  from: number
  to: number
  done: boolean
}

// Two who press one box at the same moment leave two marks in it: that is one box.
const task = /^[ \t]*(?:>[ \t]*)*(?:[-*+]|\d{1,9}[.)])[ \t]+\[( +|[xX]+)\](?=[ \t])/
const fence = /^[ \t]*(?:>[ \t]*)*(```+|~~~+)/

/** The boxes of a text, in order; what stands in fenced code is none. */
export const tasksIn = (text: string): Task[] => {
  const tasks: Task[] = []
  let open: string | null = null
  let start = 0
  for (const line of text.split('\n')) {
    const [, marks] = fence.exec(line) ?? []
    if (open !== null) open = marks?.startsWith(open) ? null : open
    else if (marks !== undefined) open = marks
    else {
      const [whole, inside] = task.exec(line) ?? []
      const to = start + (whole?.length ?? 0) - 1
      if (inside !== undefined) tasks.push({ from: to - inside.length, to, done: inside.trim() !== '' })
    }
    start += line.length + 1
  }
  return tasks
}

/** A text whose boxes have one mark each, as all who render Markdown know them. */
export const plainTasks = (text: string): string => {
  let [plain, at] = ['', 0]
  for (const { from, to, done } of tasksIn(text)) {
    plain += text.slice(at, from) + (done ? 'x' : ' ')
    at = to
  }
  return plain + text.slice(at)
}

/** Ticks the nth box of a text, or takes the tick away. Nothing happens if it is so already. */
export const tick = (text: Y.Text, { nth, done }: { nth: number; done: boolean }) => {
  const box = tasksIn(text.toString())[nth]
  if (box === undefined || box.done === done) return
  const change = () => {
    text.insert(box.from, done ? 'x' : ' ')
    text.delete(box.from + 1, box.to - box.from)
  }
  text.doc?.transact(change)
}
