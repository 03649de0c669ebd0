import { setImmediate as nextTurn } from 'node:timers/promises'
import { DomainError } from '@tallyforge/core/errors'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import type { Credential } from '../../auth/sessions.ts'
import type { Deps } from '../../deps.ts'
import { findRole } from '../../orgs/memberships.ts'

/** Who watches: a session of a person, in an org. */
type Watcher = { credential: Credential; orgId: string; userId: string }

/** What the watches of this process share: how many a person has open, and whether they may still be shown anything. */
export type Watchers = {
  /** Takes one of a person's places. Returns the way out. @throws too_many_requests when all are taken. */
  enter: (userId: string) => () => void
  /**
   * Asks again for session and membership. A notice reaches all watches of a person at once: they share one answer, which
   * is asked for after the last of them has asked, so that it is never older than the notice.
   * @throws unauthenticated, not_found
   */
  requireAllowed: (watcher: Watcher) => Promise<void>
}

export function createWatchers({ db, sessions }: Pick<Deps, 'db' | 'sessions'>): Watchers {
  const open = new Map<string, number>()
  const asked = new Map<string, Promise<void>>()

  async function ask({ credential, orgId, userId }: Watcher, key: string): Promise<void> {
    await nextTurn()
    asked.delete(key)
    const [isOpen, role] = await Promise.all([sessions.isOpen(credential), findRole(db, { orgId, userId })])
    if (!isOpen) throw new DomainError('unauthenticated', 'Sign in to go on.')
    if (role === null) throw new DomainError('not_found', 'This organization does not exist.')
  }

  return {
    enter: (userId) => {
      const places = open.get(userId) ?? 0
      if (places >= makerLimits.watchesPerPerson) {
        throw new DomainError(
          'too_many_requests',
          `You have ${makerLimits.watchesPerPerson} pages open that follow your plugins. Close one of them to follow them here.`,
          { retryAfterSeconds: 5 },
        )
      }
      open.set(userId, places + 1)
      return () => {
        const left = (open.get(userId) ?? 1) - 1
        if (left > 0) open.set(userId, left)
        else open.delete(userId)
      }
    },
    requireAllowed: (watcher) => {
      const key = `${watcher.userId} ${watcher.orgId} ${watcher.credential?.token}`
      const answer = asked.get(key) ?? ask(watcher, key)
      asked.set(key, answer)
      return answer
    },
  }
}
