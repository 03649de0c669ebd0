import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest: begun last, one of these would run alone at the end. Elsewhere the order of Vitest holds. */
const longest = [
  'races',
  'crash',
  'fuzz',
  'addresses',
  'maker',
  'ops/ops',
  'locks',
  'guard',
  'policies',
  'ops/start',
].map((name) => `${name}.test.ts`)

/** Vitest knows how long a file took only where it ran before, and else goes by size: our longest ones are short files. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.endsWith(`/${name}`))
      return place === -1 ? longest.length : place
    }
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}
