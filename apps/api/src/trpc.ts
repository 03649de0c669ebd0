import { DomainError, type ErrorDetails, type ErrorKind } from '@tallyforge/core/errors'
import { idInput } from '@tallyforge/core/inputs/common'
import type { Permission, Role } from '@tallyforge/core/orgs/roles'
import type { StaffLevel } from '@tallyforge/core/staff'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { initTRPC } from '@trpc/server'
import superjson from 'superjson'
import { z } from 'zod'
import type { Credential, SignedIn } from './auth/sessions.ts'
import type { Deps } from './deps.ts'
import { toDomainError, toTrpcError } from './errors.ts'
import { requirePermission, requireSignedIn, requireStaff } from './http/access.ts'
import { readInput } from './http/input.ts'

// 1. Context: what one HTTP request brings. A batch shares it.

export type Context = {
  deps: Deps
  /** Read once per request and only when a procedure asks. */
  session: () => Promise<SignedIn | null>
  /** The signed-in person's role in an org, read once per request: the procedures of a batch share it. */
  roleIn: (orgId: string) => Promise<Role | null>
  credential: Credential
  setCookie: (header: string) => void
  ip: string
  /** What a browser's owner would call it; null for what is none that we know. */
  browser: () => string | null
  requestId: string
  isBatch: boolean
}

/** Who may call a procedure. Every one carries its own; a test walks the tree and fails on one without. */
export type Policy =
  | { kind: 'open' }
  | { kind: 'authed' }
  | { kind: 'org'; permission: Permission }
  | { kind: 'staff'; level: StaffLevel }

// 2. Initialization.

const t = initTRPC
  .context<Context>()
  .meta<{ policy: Policy }>()
  .create({
    transformer: { input: { serialize: superjson.serialize, deserialize: readInput }, output: superjson },
    isDev: false,
    sse: {
      // Pings find dead connections on both sides, also behind proxies that buffer an end.
      ping: { enabled: true, intervalMs: 5_000 },
      client: { reconnectAfterInactivityMs: 12_000 },
    },
    errorFormatter: ({ shape, error, ctx }) => {
      const known = toDomainError(error)
      return {
        message: known.message,
        code: shape.code,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          kind: known.kind satisfies ErrorKind,
          details: known.details satisfies ErrorDetails,
          retryAfterSeconds: known.retryAfterSeconds ?? null,
          requestId: ctx?.requestId ?? null,
          fields:
            known.kind === 'invalid_input' && known.cause instanceof z.ZodError
              ? fieldErrors(known.cause)
              : {},
        },
      }
    },
  })

/** First message per field, by its path with dots: what a form shows beside its inputs. */
function fieldErrors(error: z.ZodError): Record<string, string> {
  const fields = new Map<string, string>()
  for (const issue of error.issues) {
    const path = issue.path.join('.')
    if (!fields.has(path)) fields.set(path, issue.message)
  }
  return Object.fromEntries(fields)
}

export const router = t.router

/** Whatever a procedure throws leaves as a TRPCError with the code of the one table in errors.ts. */
const translated = t.procedure.use(async ({ next }) => {
  const result = await next()
  if (result.ok) return result
  throw toTrpcError(result.error)
})

// 3. Procedure builders: the only ways to make a procedure.

/** Anybody, signed in or not. */
export const open = translated.meta({ policy: { kind: 'open' } })

/** One a request, because limits count attempts and a batch would hide them. */
const alone = t.middleware(({ ctx, next }) => {
  if (ctx.isBatch) throw new DomainError('invalid_input', 'Send this call alone, not in a batch.')
  return next()
})

/** `open` for the ways in and out. */
export const openAlone = open.use(alone)

/** A signed-in person. */
export const authed = translated.meta({ policy: { kind: 'authed' } }).use(async ({ ctx, next }) => {
  const { user } = requireSignedIn(await ctx.session())
  return next({ ctx: { user } })
})

/** `authed` for what asks for a password again. */
export const authedAlone = authed.use(alone)

/** The platform's staff, of at least this level. What it does is logged with who did it. */
export function staff(level: StaffLevel) {
  return translated.meta({ policy: { kind: 'staff', level } }).use(async ({ ctx, next }) => {
    const session = requireSignedIn(await ctx.session())
    requireStaff(session, level, ctx.deps.clock())
    return next({ ctx: { user: session.user } })
  })
}

/** What an org procedure gets: the org, the caller's role, and the way into the tenant's transaction. */
export type OrgContext = {
  id: string
  role: Role
  userId: string
  tx: <T>(work: (tx: OrgTx) => Promise<T>) => Promise<T>
}

/**
 * A member whose role has `permission`. The input carries `orgId` (declare it with {@link orgInput}). A stranger gets
 * not_found, as if the org did not exist; a member without the permission gets forbidden.
 */
export function org(permission: Permission) {
  return authed
    .meta({ policy: { kind: 'org', permission } })
    .input(z.object({ orgId: idInput('org') }))
    .use(async ({ ctx, input, next }) => {
      const { db } = ctx.deps
      const userId = ctx.user.id
      const role = requirePermission(await ctx.roleIn(input.orgId), permission)
      const context: OrgContext = {
        id: input.orgId,
        role,
        userId,
        tx: (work) => db.withOrg({ orgId: input.orgId, userId }, work),
      }
      return next({ ctx: { org: context } })
    })
}

/** Adds `orgId` to a strict input object. */
export function orgInput<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape, z.core.$strict>) {
  return schema.extend({ orgId: idInput('org') })
}
