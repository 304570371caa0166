import { type CreatedInvitation, type InvitationPreview, NewInvitation } from '@paperboard/shared/api'
import { newId } from '@paperboard/shared/ids'
import { mayInvite } from '@paperboard/shared/rules'
import { Hono } from 'hono'
import { allow, inGroup, signedIn, standing } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { findMembership } from '../db/groups.ts'
import { addInvitation, findOpenInvitation, invitationsOf, invitedRole, outdatedFor, revokeInvitation, useInvitation } from '../db/invitations.ts'
import type { Env } from '../env.ts'
import { Problem } from '../errors.ts'
import { publicOrigin } from '../origin.ts'
import type { Rates } from '../rates.ts'
import { hashToken, newToken } from '../tokens.ts'

const dayMs = 86_400_000

/** Links into a group: made and withdrawn by organizers, followed by anybody who has one. */
export const invitationsRoutes = ({ db, env, rates, now }: { db: Database; env: Env; rates: Rates; now: () => number }) =>
  new Hono<AppEnv>()
    .get('/groups/:group/invitations', signedIn, inGroup(db), async c => {
      allow(mayInvite(c.var.membership.role, 'member'))
      return c.json({ invitations: await invitationsOf(db, c.var.membership.group.id, now()) })
    })
    .post('/groups/:group/invitations', signedIn, inGroup(db), json(NewInvitation), async c => {
      const { role, days, uses } = c.req.valid('json')
      const token = newToken()
      const invitation = { id: newId(), role, createdBy: c.var.me.id, createdAt: now(), expiresAt: now() + days * dayMs, uses }
      const group = c.var.membership.group.id
      await db.transaction(async tx => {
        allow(mayInvite((await standing(tx, group, c.var.me.id)).role, role))
        await addInvitation(tx, { ...invitation, group, tokenHash: hashToken(token) })
      })
      const answer: CreatedInvitation = { ...invitation, usesLeft: uses, url: `${publicOrigin(c.req.raw, env)}/join/${token}` }
      return c.json(answer, 201)
    })
    .delete('/groups/:group/invitations/:id', signedIn, inGroup(db), async c => {
      const { group, id } = c.req.param()
      const role = await invitedRole(db, group, id)
      allow(mayInvite(c.var.membership.role, role ?? 'member'))
      if (role === null) throw new Problem('not-found', 'There is no such invitation.')
      await revokeInvitation(db, id, now())
      return c.body(null, 204)
    })
    .get('/invitations/:token', rates.invitation, async c => {
      const invitation = await findOpenInvitation(db, hashToken(c.req.param('token')), now())
      if (invitation === null) throw unusable()
      const { group, role, invitedBy, expiresAt } = invitation
      const { session } = c.var
      const member = session !== null && (await findMembership(db, group.id, session.person.id)) !== null
      if (session !== null && !member && (await outdatedFor(db, invitation, session.person.id))) throw removed()
      const preview: InvitationPreview = { group, role, invitedBy, expiresAt, member }
      return c.json(preview)
    })
    .post('/invitations/:token/accept', signedIn, rates.invitation, async c => {
      const joined = await useInvitation(db, { tokenHash: hashToken(c.req.param('token')), person: c.var.me.id, now: now() })
      if (joined === 'closed') throw unusable()
      if (joined === 'removed') throw removed()
      return c.json(joined)
    })

/** One answer whatever the reason: a link that was guessed tells nothing. */
const unusable = () => new Problem('not-found', 'This invitation cannot be used: it was used up, withdrawn, or has expired. Ask for a new link.')

/** Told only to whoever was removed, and who knew the group. */
const removed = () =>
  new Problem('forbidden', 'You were removed from this group after this invitation was made. To come back, ask an organizer for a new invitation.')
