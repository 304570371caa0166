import type { Kit } from '../kit.ts'
import type { AccountTables } from './accounts.ts'
import { groupColumns } from './columns.ts'

/** Rows of what stands on boards, and of what is kept beside them. */
export const boardTables = (k: Kit, { groups, people }: AccountTables) => {
  const inGroup = groupColumns(k, groups)
  const boardPapers = k.table(
    'board_papers',
    {
      group: inGroup.group(),
      day: inGroup.day(),
      paper: inGroup.paper(),
      addedBy: k.text('added_by').notNull(),
      addedAt: k.time('added_at').notNull(),
      position: k.big('position').notNull(),
    },
    t => [k.primaryKey({ columns: [t.group, t.day, t.paper] }), k.index('board_papers_paper').on(t.group, t.paper, t.day, t.addedBy)],
  )
  const votes = k.table(
    'votes',
    {
      group: inGroup.group(),
      day: inGroup.day(),
      paper: inGroup.paper(),
      member: k.text('member').notNull(),
      value: k.int('value').notNull(),
      at: k.time('at').notNull(),
    },
    t => [
      k.primaryKey({ columns: [t.group, t.day, t.paper, t.member] }),
      k.index('votes_at').on(t.group, t.at),
      k.index('votes_paper').on(t.group, t.paper, t.member, t.value),
      k.index('votes_member').on(t.group, t.member, t.paper),
    ],
  )
  const offers = k.table(
    'offers',
    { group: inGroup.group(), day: inGroup.day(), paper: inGroup.paper(), member: k.text('member').notNull(), at: k.time('at').notNull() },
    t => [k.primaryKey({ columns: [t.group, t.day, t.paper, t.member] })],
  )
  const comments = k.table(
    'comments',
    {
      group: inGroup.group(),
      day: inGroup.day(),
      key: k.text('key').notNull(),
      paper: inGroup.paper(),
      author: k.text('author').notNull(),
      parent: k.text('parent'),
      text: k.text('text').notNull(),
      at: k.time('at').notNull(),
      edited: k.time('edited'),
    },
    t => [k.primaryKey({ columns: [t.group, t.day, t.key] }), k.index('comments_paper').on(t.group, t.paper)],
  )
  /** Projection of group documents: the tags that a group gave its papers. */
  const paperTags = k.table(
    'paper_tags',
    { group: inGroup.group(), paper: inGroup.paper(), tag: k.text('tag').notNull(), by: k.text('tagged_by').notNull(), at: k.time('at').notNull() },
    t => [k.primaryKey({ columns: [t.group, t.paper, t.tag] }), k.index('paper_tags_tag').on(t.group, t.tag)],
  )
  /** Which papers a member has opened, on whatever device: what is not here is unread, and what was said since is new. Nobody else is told. */
  const openedPapers = k.table(
    'opened_papers',
    {
      group: inGroup.group(),
      person: k
        .text('person')
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      paper: inGroup.paper(),
      /** The last time. */
      at: k.time('at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.group, t.person, t.paper] })],
  )
  /** The key by which a group cites a paper: given once, so that no later export calls the paper otherwise. */
  const citationKeys = k.table('citation_keys', { group: inGroup.group(), paper: inGroup.paper(), key: k.text('key').notNull() }, t => [
    k.primaryKey({ columns: [t.group, t.paper] }),
    k.uniqueIndex('citation_keys_key').on(t.group, t.key),
  ])
  return { boardPapers, votes, offers, comments, paperTags, openedPapers, citationKeys }
}
