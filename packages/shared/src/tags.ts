/**
 * Tags that a group gives its papers, in the group's live document:
 *
 *   tags  paperId:tag   who gave it, when
 *
 * The key is the paper and the tag, so that a tag is on a paper once, whoever gives it, and two members who give the same
 * one at once write the same record. A tag belongs to the group: any member takes it off again.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Id, idPattern } from './ids.ts'
import { limits } from './limits.ts'
import { records } from './room.ts'
import { all, mayTag, notInFuture, refuse } from './rules.ts'

/** Letters and digits of any script, joined by what names of subjects have between them: `rl`, `c++`, `large-models`. */
const tagPattern = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}.+#_-]*$/u
export const isTag = (text: string): boolean => text.length <= limits.tagLength && tagPattern.test(text) && text === text.normalize('NFC').toLowerCase()

/** What somebody typed, as a tag: lower case, words joined by hyphens, a leading # dropped; null where nothing remains. */
export const tagFrom = (typed: string): string | null => {
  const tag = typed
    .normalize('NFC')
    .toLowerCase()
    .trim()
    .replace(/^#+/, '')
    .replace(/[\s:/,]+/g, '-')
    .replace(/[^\p{L}\p{N}\p{M}.+#_-]/gu, '')
    .replace(/^[^\p{L}\p{N}]+|-+$/gu, '')
  return isTag(tag) ? tag : null
}

export const Tagging = z.strictObject({ by: Id, at: z.int().min(0) })
export type Tagging = z.infer<typeof Tagging>

const tagKey = (key: string): readonly string[] | null => {
  const colon = key.indexOf(':')
  const [paper, tag] = [key.slice(0, colon), key.slice(colon + 1)]
  return colon > 0 && idPattern.test(paper) && isTag(tag) ? [paper, tag] : null
}

/** How many other tags are on a paper. */
const othersOn = ([paper = '', tag = '']: readonly string[], all: Iterable<[string, unknown]>): number => {
  let count = 0
  for (const [key] of all) if (key.startsWith(`${paper}:`) && key !== `${paper}:${tag}`) count++
  return count
}

export const tagRecords = records({
  key: tagKey,
  record: Tagging,
  may: (c, actor, at) =>
    all(
      mayTag(actor),
      () => refuse(c.after !== undefined && c.after.by !== actor.id, 'not-yours'),
      () => notInFuture(c.after?.at, at),
      // Counted only where one is new: a group may have thousands of records.
      () => refuse(c.after !== undefined && c.before() === undefined && othersOn(c.key, at.records('tags')) >= limits.tagsPerPaper, 'too-many-tags'),
    ),
})

const tags = (doc: Y.Doc) => doc.getMap<Tagging>('tags')

/** Gives a paper a tag, or takes it off. `tag` has the form that `tagFrom` gives. */
export const setTag = (doc: Y.Doc, change: { paper: string; tag: string; on: boolean; me: string; now: number }) => {
  const key = `${change.paper}:${change.tag}`
  if (!change.on) tags(doc).delete(key)
  else if (!tags(doc).has(key)) tags(doc).set(key, { by: change.me, at: change.now })
}

/** Tags by paper, each list in alphabetical order. */
export const tagsByPaper = (doc: Y.Doc): Map<string, string[]> => {
  const byPaper = new Map<string, string[]>()
  for (const key of tags(doc).keys()) {
    const [paper = '', tag = ''] = tagKey(key) ?? []
    if (tag === '') continue
    const list = byPaper.get(paper)
    if (list === undefined) byPaper.set(paper, [tag])
    else list.push(tag)
  }
  for (const list of byPaper.values()) list.sort()
  return byPaper
}

/** The tags of a group with how many papers have each, most used first. */
export const tagCounts = (byPaper: ReadonlyMap<string, readonly string[]>): { tag: string; papers: number }[] => {
  const counts = new Map<string, number>()
  for (const list of byPaper.values()) for (const tag of list) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].map(([tag, papers]) => ({ tag, papers })).sort((a, b) => b.papers - a.papers || (a.tag < b.tag ? -1 : 1))
}
