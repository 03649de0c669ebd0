/** A cell is text somebody wrote, or a number of ours in plain decimals. */
export type Cell = string | { decimal: string } | null

/** Starts a file, so that spreadsheets read it as UTF-8 and not in the codepage of the machine. */
export const byteOrderMark = '\ufeff'

/** One line of RFC 4180: quoted where it must be, ended by CR LF. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`
}

/**
 * What a spreadsheet would run as a formula, also behind spaces and in the wide forms that East Asian editions accept.
 * Numbers of ours are not text: a minus sign stays a minus sign.
 */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/

/**
 * The same inside a cell. Where the comma is a decimal sign, spreadsheets part cells at other characters and take our quotes, which
 * then stand in the middle of a cell, for text: so every place where such a cell or a line begins counts.
 */
const innerFormula = /(?<=[;|\t\r\n]["\s]*)[=+\-@＝＋－＠]/g

function writeCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return cell.decimal
  const guarded = cell.replaceAll(innerFormula, "'$&")
  const text = formula.test(guarded) ? `'${guarded}` : guarded
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
