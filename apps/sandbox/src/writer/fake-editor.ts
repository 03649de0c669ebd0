import { stripTypeScriptTypes } from 'node:module'
import { runInNewContext } from 'node:vm'
import type { Recipe } from './recipe.ts'

export type FakeEditor = {
  run: (command: string) => Promise<void>
  text: () => string
  opened: () => string | undefined
  status: () => string
  providers: Map<string, Record<string, (...args: unknown[]) => unknown>>
  document: FakeDocument
  commands: () => string[]
  /** Calls a function of the recipe's module by its name. */
  call: (name: string, ...args: unknown[]) => unknown
}

type Setup = {
  text: string
  select?: [number, number][]
  settings?: Record<string, unknown>
  language?: string
}

/** Runs a recipe's code in a small stand-in for VS Code: one document, its selections, commands. */
export function fakeEditor(recipe: Recipe, setup: Setup): FakeEditor {
  const commands = new Map<string, () => unknown>()
  const providers: FakeEditor['providers'] = new Map()
  const document = new FakeDocument(setup.text, setup.language ?? 'plaintext')
  const statusBarItem = { text: '', show: nothing, hide: nothing, dispose: nothing }
  let opened: string | undefined
  const editor = {
    document,
    selections: (setup.select ?? [[0, 0]]).map(
      ([start, end]) => new FakeRange(document.positionAt(start), document.positionAt(end)),
    ),
    get selection() {
      return { ...this.selections[0], isEmpty: this.selections[0]?.isEmpty, active: this.selections[0]?.end }
    },
    edit: async (change: (edit: object) => void) => {
      change({ replace: (range: FakeRange, text: string) => document.plan(range, text) })
      document.applyPlanned()
      return true
    },
  }
  const subscribe = () => ({ dispose: nothing })
  const provider = (kind: string) => (_selector: unknown, functions: never) => {
    providers.set(kind, functions)
    return { dispose: nothing }
  }
  const namespaces = {
    Position: FakePosition,
    Range: FakeRange,
    Diagnostic: class {
      code = ''
    },
    Hover: class {
      readonly contents: unknown
      constructor(contents: unknown) {
        this.contents = contents
      }
    },
    MarkdownString: class {
      value = ''
      appendCodeblock(text: string) {
        this.value += `${text}\n`
      }
    },
    Color: class {
      readonly channels: number[]
      readonly red: number
      readonly green: number
      readonly blue: number
      readonly alpha: number
      constructor(red: number, green: number, blue: number, alpha: number) {
        this.channels = [red, green, blue, alpha]
        this.red = red
        this.green = green
        this.blue = blue
        this.alpha = alpha
      }
    },
    EndOfLine: { LF: 1, CRLF: 2 },
    StatusBarAlignment: { Left: 1, Right: 2 },
    ViewColumn: { Beside: -2 },
    commands: {
      registerCommand: (id: string, run: () => unknown) => {
        commands.set(id, run)
        return { dispose: nothing }
      },
    },
    languages: {
      registerHoverProvider: provider('hover'),
      registerColorProvider: provider('colour'),
    },
    window: {
      activeTextEditor: editor,
      createStatusBarItem: () => statusBarItem,
      onDidChangeActiveTextEditor: subscribe,
      onDidChangeTextEditorSelection: subscribe,
      showInformationMessage: async () => undefined,
      showErrorMessage: async (message: string) => {
        throw new Error(message)
      },
      showTextDocument: async () => undefined,
    },
    workspace: {
      onDidChangeTextDocument: subscribe,
      onDidChangeConfiguration: subscribe,
      encode: async (text: string) => new Uint8Array(Buffer.from(text)),
      decode: async (bytes: Uint8Array) => Buffer.from(bytes).toString(),
      openTextDocument: async ({ content }: { content: string }) => {
        opened = content
      },
      getConfiguration: (section: string) => ({
        get: (key: string, fallback: unknown) => setup.settings?.[`${section}.${key}`] ?? fallback,
      }),
    },
  }
  const members = Object.entries(namespaces).map(([name, value]) => [
    name,
    typeof value === 'object' ? tolerant(value) : value,
  ])
  const call = load(recipe, tolerant(Object.fromEntries(members)))
  return {
    call,
    commands: () => [...commands.keys()],
    run: async (id) => {
      await commands.get(id)?.()
    },
    text: () => document.getText(),
    opened: () => opened,
    status: () => statusBarItem.text,
    providers,
    document,
  }
}

function load(recipe: Recipe, vscode: object): FakeEditor['call'] {
  const { files, activate } = recipe.part('')
  const source = files[`src/${activate?.module}.ts`] ?? ''
  const script = stripTypeScriptTypes(source)
    .replace("import * as vscode from 'vscode'", '')
    .replaceAll(/^export /gm, '')
  const workspaceState = { get: (_key: string, fallback: unknown) => fallback, update: nothing }
  const timers = { setTimeout: nothing, clearTimeout: nothing, setInterval: nothing, clearInterval: nothing }
  const globals = { vscode, crypto, ...timers, context: { subscriptions: [], workspaceState } }
  return runInNewContext(
    `${script}\n${activate?.call}(context);\n(name, ...args) => eval(name)(...args)`,
    globals,
  )
}

/** Gives a stand-in for every member that the object itself lacks. */
function tolerant<T extends object>(target: T): T {
  return new Proxy(target, { get: (own, key) => Reflect.get(own, key) ?? standIn() })
}

/** Can be called, constructed, read, iterated (it is empty) and awaited. */
function standIn(): object {
  return new Proxy(nothing, {
    apply: standIn,
    construct: standIn,
    get(_target, key) {
      if (key === 'then') return undefined
      if (key === Symbol.toPrimitive) return () => ''
      if (key === Symbol.iterator) return () => [].values()
      return standIn()
    },
  })
}

function nothing(): void {
  // The stand-in has nothing to show or to clean up.
}

class FakePosition {
  readonly line: number
  readonly character: number
  constructor(line: number, character: number) {
    this.line = line
    this.character = character
  }
  compareTo(other: FakePosition): number {
    return this.line - other.line || this.character - other.character
  }
}

class FakeRange {
  readonly start: FakePosition
  readonly end: FakePosition
  constructor(a: number | FakePosition, b: number | FakePosition, c = 0, d = 0) {
    this.start = a instanceof FakePosition ? a : new FakePosition(a, Number(b))
    this.end = b instanceof FakePosition ? b : new FakePosition(c, d)
  }
  get isEmpty(): boolean {
    return this.start.compareTo(this.end) === 0
  }
  get active(): FakePosition {
    return this.end
  }
}

class FakeDocument {
  readonly eol = 1
  readonly uri = { scheme: 'file', toString: () => 'file:///notes' }
  readonly languageId: string
  private text: string
  private planned: { start: number; end: number; text: string }[] = []

  constructor(text: string, languageId: string) {
    this.text = text
    this.languageId = languageId
  }
  get lineCount(): number {
    return this.text.split('\n').length
  }
  getText(range?: FakeRange): string {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text
  }
  lineAt(line: number): { text: string; range: FakeRange } {
    const text = this.text.split('\n')[line] ?? ''
    return { text, range: new FakeRange(line, 0, line, text.length) }
  }
  positionAt(offset: number): FakePosition {
    const lines = this.text.slice(0, offset).split('\n')
    return new FakePosition(lines.length - 1, lines.at(-1)?.length ?? 0)
  }
  offsetAt({ line, character }: FakePosition): number {
    return this.text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character
  }
  getWordRangeAtPosition(position: FakePosition, pattern: RegExp): FakeRange | undefined {
    const found = this.lineAt(position.line).text.matchAll(new RegExp(pattern, `g${pattern.flags}`))
    const match = [...found].find(
      ({ index, 0: word }) => index <= position.character && position.character <= index + word.length,
    )
    return match && new FakeRange(position.line, match.index, position.line, match.index + match[0].length)
  }
  plan(range: FakeRange, text: string): void {
    this.planned.push({ start: this.offsetAt(range.start), end: this.offsetAt(range.end), text })
  }
  applyPlanned(): void {
    for (const { start, end, text } of this.planned.toSorted((a, b) => b.start - a.start)) {
      this.text = this.text.slice(0, start) + text + this.text.slice(end)
    }
    this.planned = []
  }
}
