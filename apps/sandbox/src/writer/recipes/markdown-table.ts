import { codePart, type Recipe } from '../recipe.ts'

const table = 'table|tabell|tableau|tabla|tabela|表格|表を|テーブル|таблиц'

export const markdownTable: Recipe = {
  id: 'markdown-table',
  title: 'Markdown Table',
  summary: 'aligns the columns of Markdown tables',
  category: 'Formatters',
  keywords: [
    `markdown|マークダウン+${table}`,
    `${table}+align|ausricht|aline|alinh|allinea|incolonn|对齐|整列|выров|выравн`,
  ],
  usage: [
    'Put the cursor in a table and run “Format Table”, or “Format All Tables” for the whole file.',
    'Escaped pipes stay in their cells, and wide characters (Chinese, Japanese, emoji) count as two columns.',
  ],
  part: () =>
    codePart({
      id: 'markdown-table',
      title: 'Markdown Table',
      call: 'activateMarkdownTable',
      contributes: {
        commands: [
          { command: 'markdownTable.format', title: 'Format Table', category: 'Markdown Table' },
          { command: 'markdownTable.formatAll', title: 'Format All Tables', category: 'Markdown Table' },
        ],
        keybindings: [
          {
            command: 'markdownTable.format',
            key: 'ctrl+alt+t',
            mac: 'cmd+alt+t',
            when: 'editorTextFocus && editorLangId == markdown',
          },
        ],
        menus: {
          'editor/context': [
            {
              command: 'markdownTable.format',
              when: 'editorLangId == markdown',
              group: '1_modification',
            },
          ],
        },
      },
    }),
}
