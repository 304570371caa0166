import { boardRoom } from '@paperboard/shared/room'

/** Somebody signed in. */
export interface Account {
  id: string
  cookie: string
}

/** A group of people with a board of today that has `papers` papers on it: the sample's, and more by hand. */
export interface Group {
  id: string
  today: string
  room: string
  members: Account[]
}

const password = 'correct horse battery'

/** Makes a group of `count` people over HTTP, as browsers do. */
export async function makeGroup(url: string, { count, papers }: { count: number; papers: number }): Promise<Group> {
  const owner = await signUp(url, 0)
  const { id, today } = await newGroup(url, owner, 'Bench')
  const token = await invite(url, owner, { group: id, uses: count })
  const members = [owner]
  for (let n = 1; n < count; n++) members.push(await signUp(url, n, token))
  const { body } = await ask<{ added: string[] }>(url, owner.cookie, `/groups/${id}/boards/${today}/papers`, { source: { from: 'sample' } })
  for (let n = body.added.length; n < papers; n++) {
    const paper = { title: `On the reading of papers, part ${n}`, authors: ['A. Reader'], url: '', abstract: '' }
    await ask(url, owner.cookie, `/groups/${id}/boards/${today}/papers`, { source: { from: 'hand', paper } })
  }
  return { id, today, room: boardRoom(id, today), members }
}

/** A group of two who are there already. */
export async function makePair(url: string, [owner, other]: readonly [Account, Account]): Promise<{ id: string; today: string }> {
  const group = await newGroup(url, owner, 'Pair')
  const token = await invite(url, owner, { group: group.id, uses: 1 })
  await ask(url, other.cookie, `/invitations/${token}/accept`, {})
  return group
}

/** Puts papers that the group has on another board of it. */
export async function putPapers(url: string, by: Account, { group, day, papers }: { group: string; day: string; papers: readonly string[] }) {
  await ask(url, by.cookie, `/groups/${group}/boards/${day}/papers`, { source: { from: 'group', papers } })
}

async function newGroup(url: string, owner: Account, name: string) {
  return (await ask<{ id: string; today: string }>(url, owner.cookie, '/groups', { name, timeZone: 'UTC' })).body
}

async function invite(url: string, owner: Account, { group, uses }: { group: string; uses: number }): Promise<string> {
  const { body } = await ask<{ url: string }>(url, owner.cookie, `/groups/${group}/invitations`, { role: 'member', days: 1, uses })
  return body.url.split('/').at(-1) ?? ''
}

async function signUp(url: string, n: number, invitation?: string): Promise<Account> {
  const person = { name: `Member ${n}`, email: `member${n}@example.org`, password, invitation }
  const { body, cookie } = await ask<{ person: { id: string } }>(url, '', '/account', person)
  return { id: body.person.id, cookie }
}

async function ask<T>(url: string, cookie: string, path: string, body: unknown): Promise<{ body: T; cookie: string }> {
  const answer = await fetch(`${url}/api${path}`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`)
  return { body: await answer.json(), cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie }
}
