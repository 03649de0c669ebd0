import type { Io } from './io.ts'
import { printable, printableLines } from './printable.ts'
import { type Column, createTable } from './table.ts'

/** Prints results. With `--json` one JSON value a line, else for people, whose terminals only show what others wrote. */
export type Output = ReturnType<typeof createOutput>

export function createOutput({ stdout, stderr }: Pick<Io, 'stdout' | 'stderr'>, isJson: boolean) {
  return {
    isJson,
    /** One result. `text` is what people read. */
    result(value: unknown, text: string): void {
      stdout.write(`${isJson ? toJson(value) : printableLines(text)}\n`)
    },
    /** A list of any length, written as its pages come. `empty` is what people read instead of no rows. */
    async list<Row>(
      pages: AsyncIterable<readonly Row[]>,
      columns: Column<Row>[],
      empty: string,
    ): Promise<void> {
      const table = createTable(columns, (text) => stdout.write(text))
      let count = 0
      for await (const rows of pages) {
        count += rows.length
        if (isJson) for (const row of rows) stdout.write(`${toJson(row)}\n`)
        else table.page(rows)
      }
      if (count === 0 && !isJson) stderr.write(`${empty}\n`)
    },
    /** A line beside the result: what happens, what is next. */
    note(text: string): void {
      stderr.write(`${printableLines(text)}\n`)
    },
  }
}

/**
 * Amounts are microtokens as text, because JSON's numbers are not exact; times are ISO 8601. JSON escapes the controls below the
 * space only, and a terminal obeys those above the tilde as well.
 */
function toJson(value: unknown): string {
  const json = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? inner.toString() : inner,
  )
  return json.replaceAll(/[\u007f-\u009f]/g, (control) => `\\u00${control.charCodeAt(0).toString(16)}`)
}

/** Lines of `name  value`, aligned. */
export function facts(pairs: [string, string][]): string {
  const width = Math.max(...pairs.map(([name]) => name.length))
  return pairs.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}`).join('\n')
}
