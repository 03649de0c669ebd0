import type { Generation, Plugin, Version, VersionDetail } from '@tallyforge/client/outputs'
import { DomainError } from '@tallyforge/core/errors'
import type { SessionState } from '../bridge/protocol.ts'
import type { Api } from './api.ts'
import type { Run } from './runs.ts'
import type { Session } from './session.ts'

/** The plugins of the org that the window works in, as the server has them. */
export type Plugins = ReturnType<typeof createPlugins>

const pageSize = 50
/** Versions never change: those that were looked at last are kept, for whoever is signed in. */
const keptVersions = 30

export function createPlugins(api: Api, session: Session) {
  const versions = new Map<string, Promise<VersionDetail>>()
  const personOf = (state: SessionState) => (state.status === 'signed-in' ? state.user.id : null)
  let person = personOf(session.state.get())
  session.state.onChange((state) => {
    const next = personOf(state)
    if (next !== person) versions.clear()
    person = next
  })

  /** The org that the window works in. @throws DomainError when nobody is signed in. */
  function orgId(): string {
    const state = session.state.get()
    if (state.status !== 'signed-in') throw new DomainError('unauthenticated', 'Sign in to Tallyforge first.')
    return state.orgId
  }

  /** One version with its files. Asked of the server once. */
  function version(versionId: string, org = orgId()): Promise<VersionDetail> {
    const origin = api.origin()
    const key = `${origin} ${org} ${versionId}`
    const kept = versions.get(key)
    if (kept !== undefined) return kept
    const asked = api.clientOf(origin).plugins.version.query({ orgId: org, versionId })
    versions.set(key, asked)
    asked.catch(() => {
      if (versions.get(key) === asked) versions.delete(key)
    })
    for (const oldest of versions.keys()) {
      if (versions.size <= keptVersions) break
      versions.delete(oldest)
    }
    return asked
  }

  return {
    orgId,
    version,
    byId: (pluginId: string): Promise<Plugin> =>
      api.client().plugins.byId.query({ orgId: orgId(), pluginId }),
    list: (
      cursor: string | null,
      state: Plugin['state'] = 'active',
    ): Promise<{ items: Plugin[]; nextCursor: string | null }> =>
      api.client().plugins.list.query({ orgId: orgId(), state, limit: pageSize, cursor }),
    versions: (
      pluginId: string,
      cursor: string | null,
    ): Promise<{ items: Version[]; nextCursor: string | null }> =>
      api.client().plugins.versions.query({ orgId: orgId(), pluginId, limit: pageSize, cursor }),

    /** A generation of a plugin; null when it is not among its newest. */
    generation: async ({ origin, orgId, pluginId, generationId }: Run): Promise<Generation | null> => {
      const { items } = await api
        .clientOf(origin)
        .plugins.generations.query({ orgId, pluginId, limit: pageSize })
      return items.find(({ id }) => id === generationId) ?? null
    },

    /** The installable file of a version. @throws DomainError when it is not ready. */
    archive: async (versionId: string): Promise<{ fileName: string; bytes: Uint8Array }> => {
      const origin = api.origin()
      const { url, fileName } = await api
        .clientOf(origin)
        .plugins.download.mutate({ orgId: orgId(), versionId, kind: 'vsix' })
      return { fileName, bytes: await api.download(origin, url) }
    },
  }
}
