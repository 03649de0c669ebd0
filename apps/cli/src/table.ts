import stringWidth from 'string-width'
import { printable } from './printable.ts'

export type Column<Row> = { title: string; of: (row: Row) => string; align?: 'right' }

const gap = '  '

/**
 * Rows as aligned columns, a page at a time, so that a list of any length is never held whole. Columns only ever grow:
 * a later page is as wide as the widest one before it. Text of others is shown without control characters.
 */
export function createTable<Row>(columns: Column<Row>[], write: (text: string) => unknown) {
  const widths = columns.map(({ title }) => stringWidth(title))
  let isHeaded = false

  const line = (cells: string[]) =>
    cells
      .map((cell, index) => {
        const room = ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(cell)))
        return columns[index]?.align === 'right' ? room + cell : cell + room
      })
      .join(gap)
      .trimEnd()

  return {
    page(rows: readonly Row[]): void {
      if (rows.length === 0) return
      const cells = rows.map((row) => columns.map(({ of }) => printable(of(row))))
      for (const row of cells) {
        for (const [index, cell] of row.entries()) {
          widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell))
        }
      }
      if (!isHeaded) write(`${line(columns.map(({ title }) => title))}\n`)
      isHeaded = true
      write(`${cells.map(line).join('\n')}\n`)
    },
  }
}
