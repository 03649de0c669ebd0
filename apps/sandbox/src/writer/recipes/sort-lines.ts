import { codePart, type Recipe } from '../recipe.ts'

const category = 'Sort Lines'

export const sortLines: Recipe = {
  id: 'sort-lines',
  title: 'Sort Lines',
  summary: 'sorts lines up, down or naturally, reverses them and removes duplicates',
  category: 'Formatters',
  keywords: [
    'sort|order$|alphabetiz+line|row|list|duplicat',
    'dedup|deduplic',
    'remov|delet|drop+duplicate',
    'sortier+zeil|liste|duplikat|doppelt',
    'entfern|losch+duplikat|doppelt',
    'tri|trie|trier+ligne|doublon',
    'supprim|enlev+doublon',
    'orden+linea|linha|renglon|duplicad',
    'elimin|quit|remov+duplicad',
    'ordin+righe|riga|linee|duplicat',
    'rimuov|elimin+duplicat',
    '行+排序',
    '去重|重复行',
    '行+並べ替え|並び替え|ソート',
    '重複+削除|除去',
    'сортир|упоряд+строк|строчк|список',
    'удал+дублик|повтор',
  ],
  usage: [
    'Select some lines, or nothing for the whole file, and run one of the commands.',
    'Natural order puts “file 2” before “file 10”.',
  ],
  part: () =>
    codePart({
      id: 'sort-lines',
      title: 'Sort Lines',
      call: 'activateSortLines',
      contributes: {
        commands: [
          { command: 'sortLines.ascending', title: 'Sort Lines Ascending', category },
          { command: 'sortLines.descending', title: 'Sort Lines Descending', category },
          { command: 'sortLines.natural', title: 'Sort Lines Naturally', category },
          { command: 'sortLines.unique', title: 'Remove Duplicate Lines', category },
          { command: 'sortLines.reverse', title: 'Reverse Lines', category },
        ],
        settings: {
          'sortLines.ignoreCase': {
            type: 'boolean',
            default: false,
            description: 'Treat capital and small letters alike.',
          },
        },
      },
    }),
}
