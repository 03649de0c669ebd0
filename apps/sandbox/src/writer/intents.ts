import { findPart, normalise, type Span } from './keywords.ts'
import type { Recipe } from './recipe.ts'
import { recipes } from './recipes.ts'

type Match = { recipe: Recipe; score: number; spans: Span[] }

const leastScore = 2

/**
 * The recipes a request asks for, at most two, best first. The second must be asked for by words that the
 * first did not use, so that "a Markdown table formatter" is one wish and not two.
 */
export function recipesFor(request: string): Recipe[] {
  const text = normalise(request)
  const first = bestMatch(text, recipes)
  if (!first) return []
  const rest = blank(text, first.spans)
  const second = bestMatch(
    rest,
    recipes.filter((recipe) => recipe !== first.recipe),
  )
  return second ? [first.recipe, second.recipe] : [first.recipe]
}

function bestMatch(text: string, among: readonly Recipe[]): Match | undefined {
  let best: Match | undefined
  for (const recipe of among) {
    const match = scoreOf(text, recipe)
    if (match.score >= leastScore && match.score > (best?.score ?? 0)) best = match
  }
  return best
}

function scoreOf(text: string, recipe: Recipe): Match {
  const match: Match = { recipe, score: 0, spans: [] }
  for (const keyword of recipe.keywords) {
    const { weight, flags, parts } = parse(keyword)
    const found = parts.map((part) => findPart(text, part, flags))
    if (found.some((spans) => spans.length === 0)) continue
    match.score += weight
    match.spans.push(...found.flat())
  }
  return match
}

/** A leading `~` makes a keyword weak, `=` makes capitals count; parts joined by `+` must all occur. */
function parse(keyword: string): { weight: number; flags: string; parts: string[] } {
  const isWeak = keyword.startsWith('~')
  const isExact = keyword.startsWith('=')
  const parts = keyword.slice(isWeak || isExact ? 1 : 0).split('+')
  const weight = parts.length > 1 ? 3 : 2
  return { weight: isWeak ? 1 : weight, flags: isExact ? 'u' : 'iu', parts }
}

function blank(text: string, spans: Span[]): string {
  const characters = text.split('')
  for (const { start, end } of spans) characters.fill(' ', start, end)
  return characters.join('')
}
