import { readFileSync } from 'node:fs'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type Files = Readonly<Record<string, string>>

type Command = { command: string; title: string; category: string; icon?: string }
type Keybinding = { command: string; key: string; mac?: string; when?: string }
type Setting = { type: string; default: Json; description: string; [rule: string]: Json }

export type Contributes = {
  commands?: Command[]
  keybindings?: Keybinding[]
  menus?: Record<string, { command: string; when?: string; group?: string }[]>
  settings?: Record<string, Setting>
  views?: Record<string, { id: string; name: string }[]>
  themes?: { label: string; uiTheme: string; path: string }[]
  snippets?: { language: string; path: string }[]
}

/** What one recipe adds to an extension. A part without `activate` is data only (a theme, snippets). */
export type Part = {
  title: string
  contributes: Contributes
  files: Files
  activate?: { module: string; call: string }
  activationEvents?: readonly string[]
}

/**
 * One thing the template writer can build. A keyword is made of parts joined by `+` that must all occur,
 * each with alternatives joined by `|`; see intents.ts for how they are matched and weighed.
 */
export type Recipe = {
  id: string
  title: string
  summary: string
  category: string
  keywords: readonly string[]
  usage: readonly string[]
  part: (request: string) => Part
}

/** Reads a file of apps/sandbox/recipes. */
export function asset(name: string): string {
  return readFileSync(new URL(`../../recipes/${name}`, import.meta.url), 'utf8')
}

type Code = { id: string; title: string; call: string; contributes: Contributes; onStartup?: boolean }

/** A part whose code is recipes/<id>.ts.txt, emitted as src/<id>.ts. */
export function codePart({ id, title, call, contributes, onStartup }: Code): Part {
  return {
    title,
    contributes,
    files: { [`src/${id}.ts`]: asset(`${id}.ts.txt`) },
    activate: { module: id, call },
    // Commands and views wake an extension by themselves; a status bar item does not.
    activationEvents: onStartup ? ['onStartupFinished'] : [],
  }
}
