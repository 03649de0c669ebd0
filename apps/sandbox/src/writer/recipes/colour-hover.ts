import { codePart, type Recipe } from '../recipe.ts'

const languages = [
  'plaintext',
  'markdown',
  'json',
  'jsonc',
  'yaml',
  'toml',
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'python',
  'java',
  'csharp',
  'go',
  'rust',
  'php',
  'ruby',
  'swift',
  'kotlin',
  'dart',
]

const colour =
  'color$|colors$|colour|farb|couleur|cor$|cores$|colore|colori|colores|颜色|色彩|色を|色の|カラー|цвет'
const look =
  'hover|preview|swatch|picker|anzeig|vorschau|apercu|survol|previa|previsual|visualiz|anteprima|悬停|预览|ホバー|プレビュー|表示|навед|просмотр|показ'

export const colourHover: Recipe = {
  id: 'colour-hover',
  title: 'Colour Hover',
  summary: 'shows hex, rgb and hsl colours, converts them on hover and opens the colour picker',
  category: 'Other',
  keywords: [`${colour}+${look}`, `hex$|rgb|hsl+${colour}|${look}|convert`],
  usage: [
    'Every #hex, rgb() and hsl() in the chosen languages gets a swatch; click it for the colour picker.',
    'Rest the pointer on a colour to see it in the other notations, or copy one with “Copy Colour As”.',
    'Languages are read when the window opens.',
  ],
  part: () =>
    codePart({
      id: 'colour-hover',
      title: 'Colour Hover',
      call: 'activateColourHover',
      onStartup: true,
      contributes: {
        commands: [{ command: 'colourHover.copyAs', title: 'Copy Colour As', category: 'Colour Hover' }],
        settings: {
          'colourHover.languages': {
            type: 'array',
            items: { type: 'string' },
            default: languages,
            description: 'Languages to look for colours in. CSS and HTML have their own swatches.',
          },
        },
      },
    }),
}
