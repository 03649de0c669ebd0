import { DomainError } from '@tallyforge/core/errors'
import type { FastifyRequest } from 'fastify'
import { appRouter } from '../router.ts'

/**
 * Refuses encoded characters where procedures are named. tRPC decodes the name once more than Fastify has: two parsers
 * would disagree about what was called, and a name that decodes to no text would be a fault of ours.
 */
export async function refuseEncodedNames(request: FastifyRequest): Promise<void> {
  if (request.routeOptions.url === '/trpc/:path' && pathOf(request.url).includes('%')) {
    throw new DomainError('not_found', 'There is no such procedure.')
  }
}

/** The procedures of a tRPC request, for the log: names of ours only, because any other word in an address is input. */
export function procedureNames(request: FastifyRequest): string | undefined {
  if (request.routeOptions.url !== '/trpc/:path') return undefined
  return pathOf(request.url).slice('/trpc/'.length).split(',').slice(0, 10).map(knownName).join(',')
}

export function knownName(name: string): string {
  return Object.hasOwn(appRouter._def.procedures, name) ? name : 'unknown'
}

function pathOf(url: string): string {
  return url.split('?')[0] ?? ''
}
