import { DomainError } from '@tallyforge/core/errors'
import { idInput } from '@tallyforge/core/inputs/common'
import { type Permission, type Role, roleMay } from '@tallyforge/core/orgs/roles'
import { type StaffLevel, staffMay, staffSessionSeconds } from '@tallyforge/core/staff'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { SignedIn } from '../auth/sessions.ts'
import type { Deps } from '../deps.ts'
import { findRole } from '../orgs/memberships.ts'

/** @throws unauthenticated */
export function requireSignedIn(session: SignedIn | null): SignedIn {
  if (session === null) throw notSignedIn()
  return session
}

const notSignedIn = () => new DomainError('unauthenticated', 'Sign in to go on.')

/** @throws not_found for a stranger, as if the org did not exist; forbidden for a member without the permission. */
export function requirePermission(role: Role | null, permission: Permission): Role {
  if (role === null) throw new DomainError('not_found', 'This organization does not exist.')
  if (!roleMay(role, permission)) {
    throw new DomainError(
      'forbidden',
      'Your role does not allow this. Ask an owner or admin of the organization.',
      { details: { permission, role } },
    )
  }
  return role
}

/**
 * Staff of at least this level, who signed in a short time ago: a session that was left open somewhere has no rights over
 * the platform. @throws forbidden for everybody else.
 */
export function requireStaff({ user, startedAt }: SignedIn, needed: StaffLevel, now: Date): StaffLevel {
  if (user.staffLevel === null || !staffMay(user.staffLevel, needed)) {
    throw new DomainError('forbidden', 'This is for the platform’s staff.', { details: { needed } })
  }
  if (now.getTime() - startedAt.getTime() > staffSessionSeconds * 1_000) {
    throw new DomainError('forbidden', 'Staff rights end eight hours after signing in. Sign in again.')
  }
  return user.staffLevel
}

export type EnteredOrg = {
  orgId: string
  userId: string
  /** For what goes on after the request was let in. @throws as entering does, once the right is gone. */
  mustStay: () => Promise<void>
}

/**
 * Lets a raw request into the org that its query names (`orgId`), with the checks of {@link org} in trpc.ts, in their
 * order and with their answers.
 */
export async function enterOrg(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  permission: Permission,
): Promise<EnteredOrg> {
  await deps.throttle.calls(request.ip, 1)
  const credential = deps.sessions.credentialOf(request.headers)
  const found = await deps.sessions.read(credential)
  if (found?.renewed != null) reply.header('set-cookie', found.renewed)
  const { user } = requireSignedIn(found?.signedIn ?? null)
  const { orgId } = parseQuery(z.object({ orgId: idInput('org') }), request)
  const tenant = { orgId, userId: user.id }
  requirePermission(await findRole(deps.db, tenant), permission)
  return {
    ...tenant,
    mustStay: async () => {
      if (!(await deps.sessions.isOpen(credential))) throw notSignedIn()
      requirePermission(await findRole(deps.db, tenant), permission)
    },
  }
}

/** What else the query of a raw org route says. @throws invalid_input */
export function readOrgQuery<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  request: FastifyRequest,
) {
  return parseQuery(schema.extend({ orgId: idInput('org') }), request)
}

function parseQuery<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.output<Schema> {
  const parsed = schema.safeParse(request.query)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new DomainError('invalid_input', issue?.message ?? 'The input is not valid.', { cause: parsed.error })
}
