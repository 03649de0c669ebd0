import { matchesAny } from '../keywords.ts'
import { asset, type Recipe } from '../recipe.ts'

type Pack = { name: string; file: string; languages: readonly string[]; words: string }

const packs: readonly Pack[] = [
  {
    name: 'React',
    file: 'react',
    languages: ['javascriptreact', 'typescriptreact'],
    words: 'react|jsx$|tsx$',
  },
  {
    name: 'TypeScript',
    file: 'typescript',
    languages: ['typescript', 'javascript'],
    words: 'typescript|javascript|ts$|js$|node$',
  },
  { name: 'Python', file: 'python', languages: ['python'], words: 'python|py$|питон|パイソン' },
  { name: 'Go', file: 'go', languages: ['go'], words: 'golang|go$' },
  { name: 'HTML', file: 'html', languages: ['html'], words: 'html' },
  { name: 'Markdown', file: 'markdown', languages: ['markdown'], words: 'markdown' },
]

export const snippetPack: Recipe = {
  id: 'snippet-pack',
  title: 'Snippets',
  summary: 'adds snippets for TypeScript, React, Python, Go, HTML or Markdown',
  category: 'Snippets',
  keywords: [
    'snippet|snippets|schnipsel|extrait|fragmento|trecho|frammenti|代码片段|片段|スニペット|сниппет|фрагмент',
    // The language belongs to the pack, so that "markdown snippets" asks for nothing else.
    `snippet|schnipsel|extrait|fragmento|trecho|frammenti|片段|スニペット|сниппет|фрагмент+${packs.map((pack) => pack.words).join('|')}`,
  ],
  usage: [
    'Type the beginning of a snippet (such as “fn” or “def”) in a file of that language and press Tab.',
  ],
  part: (request) => {
    const asked = packs.filter((pack) => matchesAny(request, pack.words))
    const chosen = asked.length > 0 ? asked : packs.filter((pack) => pack.file === 'typescript')
    return {
      title: `${chosen.map((pack) => pack.name).join(' and ')} Snippets`,
      contributes: {
        snippets: chosen.flatMap((pack) =>
          pack.languages.map((language) => ({ language, path: `./snippets/${pack.file}.json` })),
        ),
      },
      files: Object.fromEntries(
        chosen.map((pack) => [`snippets/${pack.file}.json`, asset(`snippets/${pack.file}.json`)]),
      ),
    }
  },
}
