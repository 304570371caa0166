/** A group as somebody at a command line names it. */
import type { Database } from '../db/database.ts'
import { findGroup, type GroupRow, groupsNamed, membersOf } from '../db/groups.ts'
import { Problem } from '../errors.ts'

/** The group with this id or name, and the member in whose name papers are added. Throws `not-found`, or `conflict` where several have the name. */
export async function ownerOf(db: Database, named: string): Promise<{ group: GroupRow; owner: string }> {
  const byId = await findGroup(db, named)
  const found = byId === null ? await groupsNamed(db, named) : [byId]
  const [group, second] = found
  if (group === undefined) throw new Problem('not-found', `There is no group named "${named}".`)
  if (second !== undefined)
    throw new Problem('conflict', `${found.length} groups are named "${named}". Give the id of one: ${found.map(({ id }) => id).join(', ')}.`)
  const owner = (await membersOf(db, group.id)).find(({ role, gone }) => role === 'owner' && !gone)
  if (owner === undefined) throw new Problem('conflict', `The group "${group.name}" has no owner in whose name papers could be added.`)
  return { group, owner: owner.id }
}
