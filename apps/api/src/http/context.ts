import type { Role } from '@tallyforge/core/orgs/roles'
import type { CreateFastifyContextOptions } from '@trpc/server/adapters/fastify'
import { browserName } from '../auth/browser-name.ts'
import type { SignedIn } from '../auth/sessions.ts'
import type { Deps } from '../deps.ts'
import { toTrpcError } from '../errors.ts'
import { findRole } from '../orgs/memberships.ts'
import type { Context } from '../trpc.ts'

/** Makes what one HTTP request brings to its procedures. Limits count procedures, not requests. */
export function createContext(deps: Deps) {
  return async ({ req, res, info }: CreateFastifyContextOptions): Promise<Context> => {
    // What is thrown here passes no procedure's translation, and would be a fault of ours with a status of 500.
    await deps.throttle.calls(req.ip, info.calls.length).catch((error: unknown) => {
      throw toTrpcError(error)
    })
    const credential = deps.sessions.credentialOf(req.headers)
    const cookies: string[] = []
    const setCookie = (header: string) => {
      cookies.push(header)
      res.header('set-cookie', cookies)
    }
    let session: Promise<SignedIn | null> | null = null
    async function readSession(): Promise<SignedIn | null> {
      const found = await deps.sessions.read(credential)
      if (found?.renewed != null) setCookie(found.renewed)
      return found?.signedIn ?? null
    }
    const currentSession = () => {
      session ??= readSession()
      return session
    }
    const roles = new Map<string, Promise<Role | null>>()
    async function readRole(orgId: string): Promise<Role | null> {
      const signedIn = await currentSession()
      return signedIn === null ? null : findRole(deps.db, { orgId, userId: signedIn.user.id })
    }
    return {
      deps,
      session: currentSession,
      roleIn: (orgId) => {
        const role = roles.get(orgId) ?? readRole(orgId)
        roles.set(orgId, role)
        return role
      },
      credential,
      setCookie,
      ip: req.ip,
      browser: () => browserName(req.headers['user-agent']),
      requestId: req.id,
      isBatch: info.isBatchCall && info.calls.length > 1,
    }
  }
}
