import { codePart, type Recipe } from '../recipe.ts'

export const lineChart: Recipe = {
  id: 'line-chart',
  title: 'Line Chart',
  summary: 'charts the lines of code per language',
  category: 'Visualization',
  keywords: [
    'line|zeil|ligne|linea|linha|linee|righe|строк|行+language|sprache|langage|lenguaje|linguag|язык|语言|言語',
    'chart|diagramm|graphique|grafic|图表|グラフ|チャート|диаграмм|график',
    'lines of code|codezeilen|lignes de code|lineas de codigo|linhas de codigo|righe di codice|代码行|コード行|строк кода',
  ],
  usage: [
    'Run “Show Lines per Language”: it counts the files of the workspace and draws a bar for each language.',
    'Run it again to count again.',
  ],
  part: () =>
    codePart({
      id: 'line-chart',
      title: 'Line Chart',
      call: 'activateLineChart',
      contributes: {
        commands: [{ command: 'lineChart.show', title: 'Show Lines per Language', category: 'Line Chart' }],
        settings: {
          'lineChart.exclude': {
            type: 'string',
            default: '**/{node_modules,.git,dist,out,build,coverage}/**',
            description: 'Files to leave out, as a glob.',
          },
          'lineChart.maxFiles': {
            type: 'number',
            default: 5000,
            minimum: 1,
            description: 'Most files to count.',
          },
        },
      },
    }),
}
