import { entryFile } from '../composition.ts'
import { recipesFor } from '../intents.ts'
import { listOf, objectOf, readManifest, withPart, writeManifest } from '../manifest.ts'
import { readmeWith } from '../readme.ts'
import type { Files, Part, Recipe } from '../recipe.ts'
import { colourTheme, namesPalette } from '../recipes/colour-theme.ts'
import type { Draft } from './draft.ts'

const entryPath = 'src/extension.ts'

/** Adds the parts a request asks for that the extension doesn't have yet. */
export function addRecipes(request: string, draft: Draft): Draft | undefined {
  const asked = recipesFor(request)
  const chosen = asked.length === 0 && wantsOtherTheme(request, draft) ? [colourTheme] : asked
  const result = chosen.reduce<Draft>((current, recipe) => addRecipe(request, current, recipe), draft)
  return result === draft ? undefined : result
}

/** "Make it light green" names no part, but in a theme it can only mean another theme. */
function wantsOtherTheme(request: string, draft: Draft): boolean {
  const themes = listOf(objectOf(readManifest(draft.files['package.json'])?.contributes).themes)
  return themes.length > 0 && namesPalette(request)
}

function addRecipe(request: string, draft: Draft, recipe: Recipe): Draft {
  const part = recipe.part(request)
  const manifest = readManifest(draft.files['package.json'])
  const isThere = Object.keys(part.files).every((path) => draft.files[path] !== undefined)
  if (!manifest || isThere) return draft

  const entry = entryWith(draft.files[entryPath], part)
  if (entry === undefined) {
    const sentence = `I could not add ${recipe.title}: src/extension.ts has no activate(context) that I can extend.`
    return { files: draft.files, done: [...draft.done, sentence] }
  }
  const readme = draft.files['README.md']
  const files: Files = {
    ...draft.files,
    ...part.files,
    'package.json': writeManifest(withPart(manifest, part)),
    ...(entry === '' ? {} : { [entryPath]: entry }),
    ...(readme === undefined ? {} : { 'README.md': readmeWith(readme, part.title, recipe) }),
  }
  return { files, done: [...draft.done, `I added ${part.title}, which ${recipe.summary}.`] }
}

/** The entry that starts the part too: empty when none is needed, undefined when it cannot be written. */
function entryWith(source: string | undefined, part: Part): string | undefined {
  if (!part.activate) return ''
  if (source === undefined) return entryFile([part])
  const { module, call } = part.activate
  const opening =
    /export (?:async )?function activate\(\s*(\w+)\s*(?::[^)]*)?\)\s*(?::[^{]*)?\{[ \t]*\n/.exec(source)
  if (!opening) return undefined
  const bodyStart = opening.index + opening[0].length
  const body = `${source.slice(0, bodyStart)}  ${call}(${opening[1]})\n${source.slice(bodyStart)}`
  const lastImport = [...body.matchAll(/^import [^;\n]*(?:\{[^}]*\}[^;\n]*)?;?\n/gm)].at(-1)
  const at = lastImport ? lastImport.index + lastImport[0].length : 0
  return `${body.slice(0, at)}import { ${call} } from './${module}'\n${body.slice(at)}`
}
