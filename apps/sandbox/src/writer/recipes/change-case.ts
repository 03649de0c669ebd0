import { codePart, type Recipe } from '../recipe.ts'

const category = 'Change Case'

export const changeCase: Recipe = {
  id: 'change-case',
  title: 'Change Case',
  summary:
    'changes names between camelCase, snake_case, kebab-case, PascalCase, CONSTANT_CASE and Title Case',
  category: 'Formatters',
  keywords: [
    'camelcase|camel case|snakecase|snake_case|snake case|kebab|pascalcase|pascal case|constant_case|title case',
    'change|convert|switch|transform+case$|uppercase|lowercase|upper case|lower case',
    'grossschreib|kleinschreib|gross- und klein|grossbuchstab|kleinbuchstab',
    'majuscul|minuscul|mayuscul|maiuscol|minuscol|maiuscul',
    '大小写|驼峰|下划线命名|大文字|小文字|キャメルケース|スネークケース',
    'регистр|верблюж|заглавн',
  ],
  usage: [
    'Select a name, or just put the cursor in it, and run one of the commands.',
    '“Change Case…” shows how the text would look in each style.',
  ],
  part: () =>
    codePart({
      id: 'change-case',
      title: 'Change Case',
      call: 'activateChangeCase',
      contributes: {
        commands: [
          { command: 'changeCase.pick', title: 'Change Case…', category },
          { command: 'changeCase.camel', title: 'To camelCase', category },
          { command: 'changeCase.pascal', title: 'To PascalCase', category },
          { command: 'changeCase.snake', title: 'To snake_case', category },
          { command: 'changeCase.kebab', title: 'To kebab-case', category },
          { command: 'changeCase.constant', title: 'To CONSTANT_CASE', category },
          { command: 'changeCase.title', title: 'To Title Case', category },
        ],
        menus: {
          'editor/context': [
            { command: 'changeCase.pick', when: 'editorHasSelection', group: '1_modification' },
          ],
        },
      },
    }),
}
