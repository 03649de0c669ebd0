/** What the address keeps of each page. Anything unknown or malformed is dropped, never an error. */
type Raw = Record<string, unknown>

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

export type SignInSearch = { next?: string }
export const signInSearch = (raw: Raw): SignInSearch => ({ next: text(raw.next) })

export const deviceSearch = (raw: Raw): { code?: string } => ({ code: text(raw.code) })

/** Without `sort`: by last change. */
export type PluginsSearch = { q?: string; state?: 'archived'; sort?: 'created' | 'title' }
export const pluginsSearch = (raw: Raw): PluginsSearch => ({
  q: text(raw.q),
  state: raw.state === 'archived' ? 'archived' : undefined,
  sort: (['created', 'title'] as const).find((sort) => sort === raw.sort),
})

export const editorTabs = ['files', 'diff', 'about'] as const
export type EditorTab = (typeof editorTabs)[number]
/** `version` is the version that is shown, `compare` the one that the diff starts from; both are ids. */
export type EditorSearch = { version?: string; tab?: EditorTab; compare?: string }
export const editorSearch = (raw: Raw): EditorSearch => ({
  version: text(raw.version),
  tab: editorTabs.find((tab) => tab === raw.tab),
  compare: text(raw.compare),
})

export const historyKinds = ['grant', 'settle', 'expire'] as const
/** Days and months are UTC: `from` and `to` are days with both ends included, `month` is the burn-down's. */
export type TokensSearch = {
  receipt?: string
  month?: string
  kind?: (typeof historyKinds)[number]
  plugin?: string
  from?: string
  to?: string
  q?: string
  order?: 'oldest'
}
export const tokensSearch = (raw: Raw): TokensSearch => ({
  receipt: text(raw.receipt),
  month: month(raw.month),
  kind: historyKinds.find((kind) => kind === raw.kind),
  plugin: text(raw.plugin),
  from: day(raw.from),
  to: day(raw.to),
  q: text(raw.q)?.slice(0, 200),
  order: raw.order === 'oldest' ? 'oldest' : undefined,
})

const month = (value: unknown) =>
  typeof value === 'string' && /^2\d{3}-(?:0[1-9]|1[0-2])$/.test(value) ? value : undefined

/** A day that the calendar has, from the year 2000 on; not February 30. */
function day(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^2\d{3}-\d\d-\d\d$/.test(value)) return undefined
  const at = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value) ? value : undefined
}

export const designThemes = ['light', 'dark', 'vscode-light', 'vscode-dark', 'vscode-contrast'] as const
export type DesignTheme = (typeof designThemes)[number]
export const designSearch = (raw: Raw): { theme?: DesignTheme } => ({
  theme: designThemes.find((theme) => theme === raw.theme),
})
