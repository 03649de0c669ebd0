import type { Plugin } from '../trpc.ts'

/** The newest ready version of a plugin whose newest one is not; null when the newest is ready, and when none is. */
export function readyBefore({ latestVersion, readyVersion }: Pick<Plugin, 'latestVersion' | 'readyVersion'>) {
  if (latestVersion === null || readyVersion === null || readyVersion.id === latestVersion.id) return null
  return { ...readyVersion, latest: latestVersion }
}
