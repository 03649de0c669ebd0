/** What the address keeps of each page. Anything unknown or malformed is dropped, never an error. */
type Raw = Record<string, unknown>

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

export type SignInSearch = { next?: string }
export const signInSearch = (raw: Raw): SignInSearch => ({ next: text(raw.next) })

export type PluginsSearch = { q?: string; state?: 'archived' }
export const pluginsSearch = (raw: Raw): PluginsSearch => ({
  q: text(raw.q),
  state: raw.state === 'archived' ? 'archived' : undefined,
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

export type TokensSearch = { receipt?: string }
export const tokensSearch = (raw: Raw): TokensSearch => ({ receipt: text(raw.receipt) })
