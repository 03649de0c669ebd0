import { examplePrompts } from '@tallyforge/core/plugins/examples'

/** Three prompts that fill in the field. */
export function Examples({ onChoose }: { onChoose: (prompt: string) => void }) {
  return (
    <section aria-label="Examples">
      <h2 className="px-3 text-muted text-xs">Or begin with one of these</h2>
      <ul className="mt-1">
        {examplePrompts.map(({ title, prompt }) => (
          <li key={title}>
            <button
              type="button"
              onClick={() => onChoose(prompt)}
              className="block w-full px-3 py-1.5 text-left -outline-offset-2 hover:bg-hover"
            >
              <span className="block truncate">{title}</span>
              <span className="line-clamp-2 text-muted text-xs">{prompt}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
