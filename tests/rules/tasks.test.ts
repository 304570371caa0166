import { plainTasks, tasksIn, tick } from '@paperboard/shared/tasks'
import { expect, test } from 'vitest'
import * as Y from 'yjs'

const boxes = (text: string) => tasksIn(text).map(({ from, to, done }) => `${done ? 'x' : '-'}${text.slice(from - 1, to + 1)}`)

test.each([
  ['- [ ] ask', ['-[ ]']],
  ['* [x] asked\n  1. [X] twice', ['x[x]', 'x[X]']],
  ['> - [ ] quoted', ['-[ ]']],
  ['- [ ]no blank\n- [] nothing\n-[ ] no item', []],
  ['```\n- [ ] code\n```\n- [ ] after', ['-[ ]']],
  ['~~~~\n- [ ] code\n~~~\n- [ ] still\n~~~~\n- [x] after', ['x[x]']],
  ['a - [ ] in a sentence', []],
])('[Z9] of %j the boxes are %j', (text, expected) => {
  expect(boxes(text)).toEqual(expected)
})

test('[Z10] a box that two tick at once is one box, and one press empties it', () => {
  const [a, b] = [new Y.Doc(), new Y.Doc()]
  a.getText('note').insert(0, '- [ ] read it\n- [ ] ask')
  const meet = () => {
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
  }
  meet()
  for (const doc of [a, b]) tick(doc.getText('note'), { nth: 0, done: true })
  meet()
  const both = a.getText('note').toString()
  expect(b.getText('note').toString()).toBe(both)
  expect(plainTasks(both)).toBe('- [x] read it\n- [ ] ask')
  tick(a.getText('note'), { nth: 0, done: false })
  expect(a.getText('note').toString()).toBe('- [ ] read it\n- [ ] ask')
})
