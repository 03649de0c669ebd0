import { expect, it } from 'vitest'
import { recipesFor } from './intents.ts'

it.each([
  ['Show the word count in the status bar', 'word-count'],
  ['count words and characters, with reading time', 'word-count'],
  ['Zeige die Wortzahl in der Statusleiste', 'word-count'],
  ['Wörter zählen', 'word-count'],
  ['Compte les mots du document', 'word-count'],
  ['contar palabras en la barra de estado', 'word-count'],
  ['Contador de palavras na barra de status', 'word-count'],
  ['conta le parole del documento', 'word-count'],
  ['在状态栏显示字数', 'word-count'],
  ['ステータスバーに文字数を表示する', 'word-count'],
  ['Подсчёт слов в строке состояния', 'word-count'],
  ['A tree view of all TODO comments', 'todo-tree'],
  ['list todos and fixmes of the workspace in the sidebar', 'todo-tree'],
  ['Eine Ansicht mit allen TODO-Kommentaren', 'todo-tree'],
  ['プロジェクトのTODOコメントを一覧表示', 'todo-tree'],
  ['sort the selected lines and remove duplicates', 'sort-lines'],
  ['Sortiere die markierten Zeilen', 'sort-lines'],
  ['trier les lignes et supprimer les doublons', 'sort-lines'],
  ['ordenar todas las líneas alfabéticamente', 'sort-lines'],
  ['对选中的行排序并去重', 'sort-lines'],
  ['選択した行を並べ替えて重複を削除', 'sort-lines'],
  ['Сортировка строк', 'sort-lines'],
  ['Insert a UUID at every cursor', 'insert-uuid'],
  ['Inserta un UUID en cada cursor', 'insert-uuid'],
  ['insert a snippet at each cursor', 'insert-uuid'],
  ['Convert JSON to CSV', 'json-csv'],
  ['Converte CSV em JSON', 'json-csv'],
  ['把 JSON 转换成 CSV', 'json-csv'],
  ['A pomodoro timer in the status bar', 'pomodoro'],
  ['Un minuteur dans la barre d’état', 'pomodoro'],
  ['番茄钟', 'pomodoro'],
  ['ポモドーロタイマー', 'pomodoro'],
  ['Таймер в строке состояния', 'pomodoro'],
  ['Show a preview when I hover over a hex colour', 'colour-hover'],
  ['Farbvorschau für rgb und hsl', 'colour-hover'],
  ['encode and decode base64', 'base64'],
  ['Base64 kodieren und dekodieren', 'base64'],
  ['convert names to camelCase and snake_case', 'change-case'],
  ['Groß- und Kleinschreibung ändern', 'change-case'],
  ['转换大小写和驼峰命名', 'change-case'],
  ['Format markdown tables', 'markdown-table'],
  ['Aligne les tableaux Markdown', 'markdown-table'],
  ['整理Markdown表格', 'markdown-table'],
  ['выровнять таблицы', 'markdown-table'],
  ['chart of lines of code per language', 'line-chart'],
  ['Ein Diagramm der Zeilen pro Sprache', 'line-chart'],
  ['言語ごとのコード行数のグラフ', 'line-chart'],
  ['A dark purple colour theme', 'colour-theme'],
  ['un tema oscuro de color morado', 'colour-theme'],
  ['тёмная тема редактора: тему оформить фиолетовой', 'colour-theme'],
  ['Nord-like theme', 'colour-theme'],
  ['React snippets', 'snippet-pack'],
  ['Markdown snippets', 'snippet-pack'],
  ['Python-Schnipsel', 'snippet-pack'],
  ['warn about console.log with a quick fix', 'quick-lint'],
  ['Detect == and suggest ===', 'quick-lint'],
  ['Leerzeichen am Zeilenende markieren', 'quick-lint'],
  ['bookmark lines and jump between them', 'bookmarks'],
  ['Lesezeichen für Zeilen', 'bookmarks'],
  ['highlight duplicate lines', 'duplicate-lines'],
  ['Doppelte Zeilen hervorheben', 'duplicate-lines'],
  ['insert a timestamp at every cursor', 'timestamp'],
  ['Insérer la date: horodatage', 'timestamp'],
  ['插入当前日期', 'timestamp'],
])('reads “%s” as %s', (request, id) => {
  expect(recipesFor(request).map((recipe) => recipe.id)).toEqual([id])
})

it.each([
  ['word count and a pomodoro timer', ['pomodoro', 'word-count']],
  ['Base64 und UUIDs', ['base64', 'insert-uuid']],
  ['a TODO tree and bookmarks', ['bookmarks', 'todo-tree']],
  ['转换 JSON 和 CSV，还要番茄钟', ['json-csv', 'pomodoro']],
  ['sort lines, and a dark green theme', ['colour-theme', 'sort-lines']],
])('reads two wishes in “%s”', (request, ids) => {
  expect(
    recipesFor(request)
      .map((recipe) => recipe.id)
      .toSorted(),
  ).toEqual(ids)
})

it.each([
  'Play chess against me',
  'quiero traducir todo el texto de la lista',
  'Connect to our Jira and create issues',
  'motion blur for the motor',
  '',
  '🙂🙂',
])('recognises nothing in “%s”', (request) => {
  expect(recipesFor(request)).toEqual([])
})
