import { Specimen } from './Specimen.tsx'

const surfaces = ['page', 'surface', 'sunken', 'hover', 'selected', 'line', 'line-strong']
const inks = ['ink', 'muted', 'faint', 'accent-ink', 'good', 'warn', 'bad']
const fills = ['accent', 'accent-hover', 'accent-soft', 'good-soft', 'warn-soft', 'bad-soft']
const sizes = [
  ['28', 'text-2xl font-semibold tracking-tight'],
  ['20', 'text-xl font-semibold tracking-tight'],
  ['16', 'text-lg'],
  ['14', 'text-base'],
  ['13', 'text-sm'],
  ['12', 'text-xs'],
] as const

/** Colour, type, shape: what everything else is made of. */
export function Foundations() {
  return (
    <>
      <Specimen name="Colour" note="Warm greys, one accent, three states.">
        {[...surfaces, ...fills].map((name) => (
          <div key={name} className="w-20">
            <div className="h-10 rounded-md border" style={{ background: `var(--tf-${name})` }} />
            <p className="mt-1 text-muted text-xs">{name}</p>
          </div>
        ))}
      </Specimen>
      <Specimen name="Ink" note="At least 4.5:1 on page, surface and sunken.">
        {inks.map((name) => (
          <span key={name} className="text-sm" style={{ color: `var(--tf-${name})` }}>
            {name} 1,284
          </span>
        ))}
      </Specimen>
      <Specimen name="Type" note="Geist; Geist Mono for code, ids and figures.">
        <div className="flex flex-col gap-2">
          {sizes.map(([size, styles]) => (
            <p key={size} className={styles}>
              {size} Held, settled and returned exactly
            </p>
          ))}
          <p className="figures text-base">1,284.5 tokens · 0123456789</p>
          <p className="text-base">日本語のテキスト · نص عربي · עברית</p>
        </div>
      </Specimen>
      <Specimen name="Shape" note="A 4-pixel grid, lines of one pixel, 6-pixel corners.">
        <div className="size-16 rounded-sm border" />
        <div className="size-16 rounded-md border" />
        <div className="size-16 rounded-md border border-line-strong bg-surface shadow-float" />
      </Specimen>
    </>
  )
}
