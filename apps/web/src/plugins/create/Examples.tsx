const examples = [
  {
    title: 'Sort lines by length',
    prompt:
      'Add a command "Sort lines by length" that sorts the selected lines, shortest first, and keeps the order of lines of equal length. Without a selection it sorts the whole file. Bind it to Ctrl+Alt+L.',
  },
  {
    title: 'Word count in the status bar',
    prompt:
      'Show the number of words of the open Markdown file in the status bar and update it while typing. When text is selected, count the selection. A click on it shows words, characters and reading time.',
  },
  {
    title: 'Collect TODO comments',
    prompt:
      'Add a view in the explorer that lists every TODO and FIXME comment of the workspace by file. A click opens the line. Let people choose the words to look for in a setting.',
  },
]

/** Three prompts that fill in the field. */
export function Examples({ onChoose }: { onChoose: (prompt: string) => void }) {
  return (
    <section aria-label="Examples" className="mt-10">
      <h2 className="text-faint text-sm">Or begin with one of these</h2>
      <ul className="mt-2 divide-y border-y">
        {examples.map(({ title, prompt }) => (
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
