import { codePart, type Recipe } from '../recipe.ts'

export const wordCount: Recipe = {
  id: 'word-count',
  title: 'Word Count',
  summary: 'counts words, characters and reading time in the status bar',
  category: 'Other',
  keywords: [
    'word|words$+count|number of|total',
    'character+count',
    'reading time',
    'wortzahl|wortanzahl|worterzahl|lesezeit|zeichenzahl',
    'worter+zahl|anzahl',
    'mot|mots$+compt|nombre',
    'temps de lecture',
    'palabra+cont|recuento|numero',
    'tiempo de lectura',
    'palavra+cont|numero',
    'tempo de leitura|tempo di lettura',
    'parole+cont|numero',
    '字数|词数|文字数|単語数',
    '单词|単語+统计|计数|数える|カウント',
    'слов|слова+счет|счит|подсч|колич',
    'время чтения',
  ],
  usage: [
    'Look at the status bar: it shows the words of the open file, or of the selection while there is one.',
    'Rest the pointer on it for characters and reading time, or click it for a summary.',
  ],
  part: () =>
    codePart({
      id: 'word-count',
      title: 'Word Count',
      call: 'activateWordCount',
      onStartup: true,
      contributes: {
        commands: [{ command: 'wordCount.show', title: 'Show Word Count', category: 'Word Count' }],
        settings: {
          'wordCount.wordsPerMinute': {
            type: 'number',
            default: 220,
            minimum: 1,
            description: 'Words a person reads in a minute; used for the reading time.',
          },
        },
      },
    }),
}
