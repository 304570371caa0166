import { boardRoom } from '@paperboard/shared/room'

/** Somebody signed in. */
export interface Account {
  id: string
  cookie: string
}

/** Makes a group of `count` people with a board of the sample papers, over HTTP as browsers do. */
export async function makeGroup(url: string, count: number): Promise<{ room: string; members: Account[] }> {
  const [owner] = [await signUp(url, 0)]
  const { body: group } = await ask<{ id: string; today: string }>(url, owner.cookie, '/groups', { name: 'Bench', timeZone: 'UTC' })
  const { body: invitation } = await ask<{ url: string }>(url, owner.cookie, `/groups/${group.id}/invitations`, { role: 'member', days: 1, uses: count })
  const members = [owner]
  for (let n = 1; n < count; n++) members.push(await signUp(url, n, invitation.url.split('/').at(-1)))
  await ask(url, owner.cookie, `/groups/${group.id}/boards/${group.today}/papers`, { source: { from: 'sample' } })
  return { room: boardRoom(group.id, group.today), members }
}

async function signUp(url: string, n: number, invitation?: string): Promise<Account> {
  const person = { name: `Member ${n}`, email: `member${n}@example.org`, password: 'correct horse battery', invitation }
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
