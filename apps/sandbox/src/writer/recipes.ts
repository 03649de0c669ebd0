import type { Recipe } from './recipe.ts'
import { base64 } from './recipes/base64.ts'
import { bookmarks } from './recipes/bookmarks.ts'
import { changeCase } from './recipes/change-case.ts'
import { colourHover } from './recipes/colour-hover.ts'
import { colourTheme } from './recipes/colour-theme.ts'
import { duplicateLines } from './recipes/duplicate-lines.ts'
import { insertUuid } from './recipes/insert-uuid.ts'
import { jsonCsv } from './recipes/json-csv.ts'
import { lineChart } from './recipes/line-chart.ts'
import { markdownTable } from './recipes/markdown-table.ts'
import { pomodoro } from './recipes/pomodoro.ts'
import { quickLint } from './recipes/quick-lint.ts'
import { snippetPack } from './recipes/snippet-pack.ts'
import { sortLines } from './recipes/sort-lines.ts'
import { timestamp } from './recipes/timestamp.ts'
import { todoTree } from './recipes/todo-tree.ts'
import { wordCount } from './recipes/word-count.ts'

/** Everything the template writer can build; on equal scores the earlier one wins. */
export const recipes: readonly Recipe[] = [
  wordCount,
  todoTree,
  sortLines,
  insertUuid,
  jsonCsv,
  pomodoro,
  colourHover,
  base64,
  changeCase,
  markdownTable,
  lineChart,
  colourTheme,
  snippetPack,
  quickLint,
  bookmarks,
  duplicateLines,
  timestamp,
]
