/** What plugins are made for. */
export const targets = ['vscode'] as const
export type Target = (typeof targets)[number]
