import { knownOrg } from './frame/known-orgs.ts'
import { generationsInput, versionsInput } from './plugins/editor/editor-input.ts'
import { seenBefore } from './plugins/last-seen.ts'
import { endedInput, firstStepsInput, firstStepsKey, listInput, listOf } from './plugins/list-input.ts'
import {
  type EditorSearch,
  editorSearch,
  type PluginsSearch,
  pluginsSearch,
  type TokensSearch,
  tokensSearch,
} from './search.ts'
import { historyInput } from './tokens/history-input.ts'
import { api } from './trpc.ts'

/** A version and its files never change. */
const versionsStay = { staleTime: Number.POSITIVE_INFINITY }

/** Models change with a restart of the server. */
export const modelsStay = { staleTime: 300_000 }

type Match = { routeId: string; params: object; search: object }

/**
 * Asks who is signed in and, where this device has seen the organization, for what the page begins with: as soon as the
 * address is known, beside the page's code, and all in one request. The page's own hooks find the answers, and tell of
 * failures. Does nothing for pages outside of organizations.
 */
export function askForPage(page: Match | undefined): void {
  const slug = page && 'org' in page.params ? String(page.params.org) : undefined
  if (slug === undefined) return
  void api.auth.session.prefetch()
  void api.models.list.prefetch(undefined, modelsStay)
  const orgId = knownOrg(slug)
  if (orgId !== undefined) askInOrg(orgId, page)
}

/** Asks for what a page of an organization begins with. Whether the person is a member is what the answers say. */
export function askInOrg(orgId: string, page: Match | undefined): void {
  void api.tokens.balance.prefetch({ orgId })
  if (page?.routeId === '/$org/profile') void api.auth.sessions.prefetch()
  if (page?.routeId === '/$org/plugins') askForPlugins(orgId, pluginsSearch({ ...page.search }))
  if (page?.routeId === '/$org/plugins/$plugin' && 'plugin' in page.params) {
    askForEditor(orgId, String(page.params.plugin), editorSearch({ ...page.search }))
  }
  if (page?.routeId === '/$org/tokens') askForTokens(orgId, tokensSearch({ ...page.search }))
}

function askForPlugins(orgId: string, search: PluginsSearch): void {
  void api.plugins.list.prefetchInfinite(listInput(orgId, listOf(search)))
  if (localStorage.getItem(firstStepsKey(orgId)) === null) {
    void api.plugins.list.prefetch(firstStepsInput(orgId))
  }
  const since = seenBefore(orgId)
  if (since !== null) {
    void api.plugins.ended.prefetch(endedInput(orgId, since), { staleTime: Number.POSITIVE_INFINITY })
  }
}

function askForEditor(orgId: string, pluginId: string, search: EditorSearch): void {
  const key = { orgId, pluginId }
  void api.plugins.byId.prefetch(key)
  void api.plugins.generations.prefetchInfinite(generationsInput(key))
  void api.plugins.versions.prefetchInfinite(versionsInput(key))
  if (search.version === undefined) void askForCurrentVersion(key)
  else void api.plugins.version.prefetch({ orgId, versionId: search.version }, versionsStay)
  if (search.tab === 'diff') void askForChanges(key, search)
}

/** As with the current version: the page learns with the changes which two versions they are between. */
async function askForChanges(
  key: { orgId: string; pluginId: string },
  { version, compare }: EditorSearch,
): Promise<void> {
  const { orgId } = key
  if (version !== undefined && compare !== undefined) {
    await api.plugins.diff.prefetch({ orgId, fromVersionId: compare, toVersionId: version }, versionsStay)
    return
  }
  // Whoever compares the current version with another one than usual learns which it is first.
  if (compare !== undefined) return
  const input = { ...key, versionId: version }
  await api.plugins.changes.prefetch(input)
  const changes = api.plugins.changes.getData(input)
  if (!changes) return
  const { fromVersionId, toVersionId, files } = changes
  api.plugins.diff.setData({ orgId, fromVersionId, toVersionId }, files)
}

/** Which version it is the page learns with it: nothing has to be asked for in a second request. */
async function askForCurrentVersion(key: { orgId: string; pluginId: string }): Promise<void> {
  await api.plugins.currentVersion.prefetch(key)
  const version = api.plugins.currentVersion.getData(key)
  if (version) api.plugins.version.setData({ orgId: key.orgId, versionId: version.id }, version)
}

function askForTokens(orgId: string, search: TokensSearch): void {
  void api.tokens.burnDown.prefetch({ orgId, month: search.month })
  void api.tokens.history.prefetchInfinite(historyInput(orgId, search))
}
