import { byteOrderMark, type Cell, csvLine } from '@tallyforge/core/csv'
import { decimalTokens } from '@tallyforge/core/money'
import { entryKindWords } from '@tallyforge/core/tokens/words'
import type { Position } from '../paging.ts'
import { type Entry, toItem } from './history.ts'
import type { HistoryItem } from './shapes.ts'

/** What each column of the file holds, left to right. */
const columns: Record<string, (item: HistoryItem) => Cell> = {
  time: (item) => item.at.toISOString(),
  kind: (item) => entryKindWords[item.kind],
  description: (item) => item.description,
  tokens: (item) => ({ decimal: decimalTokens(item.amount) }),
  balance_after: (item) => ({ decimal: decimalTokens(item.balanceAfter) }),
  plugin: (item) => item.pluginTitle,
  plugin_id: (item) => item.pluginId,
  model: (item) => item.model,
  created_by: (item) => item.createdBy,
  receipt: (item) => item.holdId,
  entry: (item) => item.id,
}

/**
 * The history as CSV, batch by batch: a batch is asked for when the reader has taken the one before it, and there is no
 * transaction open while the reader is slow. `first` was read by the caller, who answers its refusals.
 */
export async function* writeCsv(
  first: Entry[],
  readBatch: (after: Position) => Promise<Entry[]>,
): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(Object.keys(columns))
  for (let batch = first; batch.length > 0; ) {
    yield batch.map(toLine).join('')
    const last = batch.at(-1)
    batch = last === undefined ? [] : await readBatch(last)
  }
}

function toLine(entry: Entry): string {
  const item = toItem(entry)
  return csvLine(Object.values(columns).map((cell) => cell(item)))
}
