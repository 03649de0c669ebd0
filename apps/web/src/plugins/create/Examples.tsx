import { examplePrompts } from '@tallyforge/core/plugins/examples'

/** Three prompts that fill in the field. */
export function Examples({ onChoose }: { onChoose: (prompt: string) => void }) {
  return (
    <section aria-label="Examples" className="mt-10">
      <h2 className="text-faint text-sm">Or begin with one of these</h2>
      <ul className="mt-2 divide-y border-y">
        {examplePrompts.map(({ title, prompt }) => (
          <li key={title}>
            <button
              type="button"
              onClick={() => onChoose(prompt)}
              className="block w-full rounded-sm px-2 py-2.5 text-left transition-colors hover:bg-hover"
            >
              <span className="block font-medium text-sm">{title}</span>
              <span className="block truncate text-muted text-sm">{prompt}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
